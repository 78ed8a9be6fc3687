import type { DecisionEntity } from '../../protocol/answers.js';
import type { Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import type { UidSet } from '../../store/uid/uid-set.js';
import { showCount } from '../../words/units.js';
import { textOf } from './about.js';
import { mailboxesOf, uidsOf } from './decision-parts.js';

/** How many of some UIDs stand open in the error ledger of their mailbox. */
export type CountOpen = (part: DecisionPart, uids: UidSet) => number;

/** A decision as operators see it. */
export function showDecision(decision: Decision, countOpen: CountOpen): DecisionEntity {
  const { id, at, by, action, scope } = decision;
  return {
    id,
    at,
    by,
    text: textOf(decision),
    do: action.do,
    uids: scope.reduce((sum, part) => sum + uidsOf(part).size, 0),
    mailboxes: mailboxesOf(scope).size,
    standing: standingOf(decision, countOpen),
    outcome: outcomeOf(decision, countOpen),
    undoable: scope.some((part) => canUndo(decision, part)),
  };
}

/** Why a desk does not undo a quarantine: it has no connection to the destination to spare. */
export const NEEDS_CONNECTIONS =
  'what was moved is brought back by `nightferry undo` in a shell, when no engine runs the batch';

/** A skip and a mailbox that was given up can always come back; anything else until a worker has begun on it. */
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

function outcomeOf({ action, scope }: Decision, countOpen: CountOpen): DecisionEntity['outcome'] {
  if (isUndone(scope)) return 'undone';
  const failed = action.do === 'try-first' && action.outcome === 'failed';
  const tried = action.do === 'retry' || (action.do === 'try-first' && action.outcome !== 'open');
  return failed || (tried && failedAgain(scope, countOpen) > 0) ? 'refused again' : 'stands';
}

function isUndone(scope: readonly DecisionPart[]): boolean {
  return scope.length > 0 && scope.every(({ state }) => state === 'undone');
}

/** UIDs that were tried anew and stand open. */
function failedAgain(scope: readonly DecisionPart[], countOpen: CountOpen): number {
  const done = scope.filter(({ state }) => state === 'done');
  return done.reduce((sum, part) => sum + countOpen(part, uidsOf(part)), 0);
}

function standingOf({ action, scope }: Decision, countOpen: CountOpen): string {
  if (isUndone(scope)) return 'undone';
  const undone = scope.filter(({ state }) => state === 'undone').length;
  const but = undone > 0 ? `, undone in ${undone} of ${scope.length} folders` : '';
  switch (action.do) {
    case 'skip':
      return `left out${but}`;
    case 'give-up':
      return undone > 0 ? `given up, undone in ${undone} of ${scope.length} mailboxes` : 'given up';
    case 'backoff':
      return `rests${but}`;
    case 'quarantine':
      return scope.every(({ state }) => state === 'done') ? `moved${but}` : `begun${but}`;
    case 'release':
    case 'undo':
      return 'done';
    case 'retry':
      return `${triedOf(scope, countOpen)}${but}`;
    case 'try-first':
      if (action.outcome === 'open') return `the first are being tried${but}`;
      if (action.outcome === 'failed') return `the first were refused again: the rest stays${but}`;
      return `the first were taken; ${triedOf(scope, countOpen)}${but}`;
  }
}

function triedOf(scope: readonly DecisionPart[], countOpen: CountOpen): string {
  const standing = scope.filter(({ state }) => state !== 'undone');
  const done = standing.filter(({ state }) => state === 'done');
  const again = failedAgain(scope, countOpen);
  const failed = again > 0 ? `, ${showCount(again)} failed again` : '';
  if (done.length === standing.length) return `tried${failed}`;
  return `tried in ${done.length} of ${standing.length} places${failed}`;
}
