import type { Decision } from '../../store/decisions/decisions-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Correction } from '../../words/correction.js';
import type { Decided, DecidedAction } from '../../words/decided.js';
import { mailboxesOf, uidsOf } from '../decisions/decision-parts.js';
import { groupName, type Selected } from '../decisions/selection.js';
import { sanitise } from '../responses/sanitise.js';

/** The selection in words: response codes, or kinds where there are no codes. */
export function aboutOf(selected: readonly Selected[]): string {
  const names = new Set(selected.map(({ entry }) => groupName(entry)));
  const [first = 'nothing', second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more codes`;
}

/** A decision as data: what was ordered, and about how much. */
export function decidedOf({ action, about, scope }: Pick<Decision, 'action' | 'about' | 'scope'>): Decided {
  return {
    action: actionOf(action),
    about,
    uids: scope.reduce((sum, part) => sum + uidsOf(part).size, 0),
    failures: scope.filter((part) => part.uids === '').length,
    mailboxes: mailboxesOf(scope).size,
  };
}

function actionOf(action: Decision['action']): DecidedAction {
  switch (action.do) {
    case 'retry':
      return { do: 'retry', notBefore: action.notBefore, treatment: action.treatment };
    case 'try-first': {
      const first = action.first.reduce((sum, { uids }) => sum + UidSet.parse(uids).size, 0);
      return { do: 'try-first', first, treatment: action.treatment };
    }
    case 'quarantine': {
      const moved = action.moved.reduce((sum, { messages }) => sum + messages.length, 0);
      return { do: 'quarantine', to: sanitise(action.to, 120), moved };
    }
    case 'backoff':
      return { do: 'backoff', factor: action.factor, until: action.until };
    case 'skip':
    case 'give-up':
      return { do: action.do, why: action.why };
    case 'release':
      return { do: 'release' };
    case 'undo':
      return { do: 'undo', of: action.of };
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
