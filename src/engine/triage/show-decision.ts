import type { DecisionEntity } from '../../protocol/answers.js';
import type { Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import type { UidSet } from '../../store/uid/uid-set.js';
import type { DecisionStanding } from '../../words/decided.js';
import { uidsOf } from '../decisions/decision-parts.js';
import { decidedOf } from './about.js';

/** How many of some UIDs stand open in the error ledger of their mailbox. */
export type CountOpen = (part: DecisionPart, uids: UidSet) => number;

/** A decision as operators see it. */
export function showDecision(decision: Decision, countOpen: CountOpen): DecisionEntity {
  const { id, at, by, scope } = decision;
  const standing = standingOf(decision, countOpen);
  return {
    ...decidedOf(decision),
    ...{ id, at, by },
    standing,
    outcome: outcomeOf(decision, standing),
    undoable: scope.some((part) => canUndo(decision, part)),
  };
}

/** Why a desk does not undo a quarantine: it has no connection to the destination to spare. */
export const NEEDS_CONNECTIONS =
  'what was moved is brought back by `nightferry undo` in a shell, when no engine runs the batch';

/**
 * Whether a part can be taken back. A skip and a mailbox that was given up always can; any other until a worker has
 * begun on it.
 */
export function canUndo({ action }: Pick<Decision, 'action'>, { state }: DecisionPart): boolean {
  switch (action.do) {
    case 'skip':
    case 'give-up':
      return state !== 'undone';
    case 'backoff':
    case 'retry':
      return state === 'waiting';
    case 'try-first':
      return state === 'waiting' && action.outcome !== 'failed';
    case 'quarantine':
      // A quarantine that was broken off may have moved something.
      return state === 'done' || (state === 'taken' && action.moved.length > 0);
    case 'release':
    case 'undo':
      return false;
  }
}

function outcomeOf({ action, scope }: Decision, { failedAgain }: DecisionStanding): DecisionEntity['outcome'] {
  if (isUndone(scope)) return 'undone';
  const failed = action.do === 'try-first' && action.outcome === 'failed';
  const tried = action.do === 'retry' || (action.do === 'try-first' && action.outcome !== 'open');
  return failed || (tried && failedAgain > 0) ? 'refused again' : 'stands';
}

function isUndone(scope: readonly DecisionPart[]): boolean {
  return scope.length > 0 && scope.every(({ state }) => state === 'undone');
}

/** UIDs that were tried anew and stand open. */
function countFailedAgain(scope: readonly DecisionPart[], countOpen: CountOpen): number {
  const done = scope.filter(({ state }) => state === 'done');
  return done.reduce((sum, part) => sum + countOpen(part, uidsOf(part)), 0);
}

function standingOf({ action, scope }: Decision, countOpen: CountOpen): DecisionStanding {
  const count = (state: DecisionPart['state']) => scope.filter((part) => part.state === state).length;
  return {
    places: scope.length,
    undone: count('undone'),
    done: count('done'),
    failedAgain: countFailedAgain(scope, countOpen),
    first: action.do === 'try-first' ? action.outcome : null,
  };
}
