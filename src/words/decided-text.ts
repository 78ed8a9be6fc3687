import { scopeText } from './amount.js';
import type { Decided, DecisionStanding } from './decided.js';
import type { Treatment } from './decision.js';
import { showTime } from './times.js';
import { plural, showCount } from './units.js';

/** Ends of a sentence about messages that are tried again: the way in which they are sent. */
export const HOW: Readonly<Record<Treatment, string>> = {
  'as-is': '',
  'without-flags': ' without flags',
  'without-deleted': ' without \\Deleted',
  repaired: ' with repairs',
};

/** A decision in one line: `skip 131 messages of OVERQUOTA in 2 mailboxes: too old`. */
export function decidedText(decided: Decided): string {
  const { action, about, uids, mailboxes } = decided;
  const all = scopeText(decided);
  switch (action.do) {
    case 'retry':
      return `retry ${all}${HOW[action.treatment]}${action.notBefore > 0 ? `, not before ${showTime(action.notBefore)}` : ''}`;
    case 'try-first':
      if (action.first === uids) return `retry ${all}${HOW[action.treatment]}`;
      return `retry ${action.first} of ${all} first${HOW[action.treatment]}, the rest if all of these are taken`;
    case 'skip':
      return `skip ${all}: ${action.why}`;
    case 'backoff':
      return action.factor === null
        ? `let ${all} rest until ${showTime(action.until)}`
        : `let ${all} rest ${action.factor} times longer, until ${showTime(action.until)} at least`;
    case 'release':
      return `release the hold of ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
    case 'quarantine':
      return `move second copies in ${plural(mailboxes, 'mailbox', 'mailboxes')} to ${action.to}: ${plural(action.moved, 'message')} moved`;
    case 'give-up':
      return `give up ${about}: ${action.why}`;
    case 'undo':
      return `undo decision ${action.of}`;
  }
}

/** Says in few words how far a decision was carried out: `tried in 2 of 3 places, 5 failed again`. */
export function standingText({
  action,
  standing,
}: Pick<Decided, 'action'> & { readonly standing: DecisionStanding }): string {
  const { places, undone, done, first } = standing;
  if (places > 0 && undone === places) return 'undone';
  const but = undone > 0 ? `, undone in ${undone} of ${places} folders` : '';
  switch (action.do) {
    case 'skip':
      return `left out${but}`;
    case 'give-up':
      return undone > 0 ? `given up, undone in ${undone} of ${places} mailboxes` : 'given up';
    case 'backoff':
      return `rests${but}`;
    case 'quarantine':
      return done === places ? `moved${but}` : `begun${but}`;
    case 'release':
    case 'undo':
      return 'done';
    case 'retry':
      return `${triedText(standing)}${but}`;
    case 'try-first':
      if (first === 'open') return `the first are being tried${but}`;
      if (first === 'failed') return `the first were refused again: the rest stays${but}`;
      return `the first were taken; ${triedText(standing)}${but}`;
  }
}

function triedText({ places, undone, done, failedAgain }: DecisionStanding): string {
  const failed = failedAgain > 0 ? `, ${showCount(failedAgain)} failed again` : '';
  const standing = places - undone;
  if (done === standing) return `tried${failed}`;
  return `tried in ${done} of ${standing} places${failed}`;
}
