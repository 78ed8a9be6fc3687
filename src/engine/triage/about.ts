import type { Decision } from '../../store/decisions/decisions-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { amountText } from '../../words/amount.js';
import type { Correction } from '../../words/correction.js';
import { showTime } from '../../words/times.js';
import { plural } from '../../words/units.js';
import { sanitise } from '../responses/sanitise.js';
import { mailboxesOf, uidsOf } from './decision-parts.js';
import { groupName, type Selected } from './selection.js';

/** The selection in words: response codes, or kinds where there are no codes. */
export function aboutOf(selected: readonly Selected[]): string {
  const names = new Set(selected.map(({ entry }) => groupName(entry)));
  const [first = 'nothing', second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more codes`;
}

/** A decision in one line, as it stands in the log and in lists. */
export function textOf({ action, about, scope }: Pick<Decision, 'action' | 'about' | 'scope'>): string {
  const uids = scope.reduce((sum, part) => sum + uidsOf(part).size, 0);
  const failures = scope.filter((part) => part.uids === '').length;
  const where = `in ${plural(mailboxesOf(scope).size, 'mailbox', 'mailboxes')}`;
  const all = `${amountText(uids, failures)} of ${about} ${where}`;
  switch (action.do) {
    case 'retry':
      return `retry ${all}${HOW[action.treatment]}${action.notBefore > 0 ? `, not before ${showTime(action.notBefore)}` : ''}`;
    case 'try-first': {
      const first = action.first.reduce((sum, { uids: text }) => sum + UidSet.parse(text).size, 0);
      if (first === uids) return `retry ${all}${HOW[action.treatment]}`;
      return `retry ${first} of ${all} first${HOW[action.treatment]}, the rest if all of these are taken`;
    }
    case 'skip':
      return `skip ${all}: ${action.why}`;
    case 'backoff':
      return action.factor === null
        ? `let ${all} rest until ${showTime(action.until)}`
        : `let ${all} rest ${action.factor} times longer, until ${showTime(action.until)} at least`;
    case 'release':
      return `release the hold of ${plural(mailboxesOf(scope).size, 'mailbox', 'mailboxes')}`;
    case 'quarantine': {
      const moved = action.moved.reduce((sum, { messages }) => sum + messages.length, 0);
      return `move second copies ${where} to ${sanitise(action.to, 120)}: ${plural(moved, 'message', 'messages')} moved`;
    }
    case 'give-up':
      return `give up ${about}: ${action.why}`;
    case 'undo':
      return `undo decision ${action.of}`;
  }
}

/** A correction in one line. */
export function correctionText({ id, by = '', sample, kind }: Correction): string {
  return `correction ${id} by ${named(by)}: responses like "${sanitise(sample, 120)}" are read as ${kind}`;
}

/** The name by which the operator who decided is shown. */
export function named(by: string): string {
  return sanitise(by, 60) || 'an operator';
}

const HOW = {
  'as-is': '',
  'without-flags': ' without flags',
  'without-deleted': ' without \\Deleted',
  repaired: ' with repairs',
} as const;
