import type { Instant } from '../../protocol/entities.js';
import type { Trouble } from '../../store/errors/trouble.js';
import type { Verdict } from '../../words/verdict.js';
import { asksOperatorAfter, LONGEST_REST, restAfter, restsGrowAlike, triesBeforeHold } from '../responses/pace.js';
import type { PassFailure } from '../responses/pass-failure.js';
import { sanitise } from '../responses/sanitise.js';

/** How often in a row a pass begins again at once, if nothing was wrong with the servers. */
const AT_ONCE = 2;
/** Milliseconds within which a run that is taken up again goes on with the trouble of the last one. */
const SAME_TROUBLE = 60 * 60_000;

/** The consequence of a failure that ended a pass. */
export type Sequel =
  | { readonly do: 'again at once' }
  /** Milliseconds. */
  | { readonly do: 'rest'; readonly for: number }
  | { readonly do: 'hold' };

/** Notes that a pass failed.  @param before  what kept it up until now; null: it went on since */
export function meet(before: Trouble | null, failure: PassFailure, now: Instant): Trouble {
  const { side, command, folder, verdict } = failure;
  const response = sanitise(failure.response);
  const what = { side, command, folder, response, verdict, lastAt: now };
  // The trouble is on the other side now, so it begins anew.
  if (before?.side !== side) return { ...what, firstAt: now, attempts: 1, inRow: 1, askedAt: null };
  const { firstAt, attempts, askedAt } = before;
  return {
    ...what,
    firstAt,
    attempts: attempts + 1,
    inRow: isInRow(before.verdict, verdict) ? before.inRow + 1 : 1,
    askedAt,
  };
}

/**
 * Whether two failures count as one row. A broken back end drops connections and reports faults by turns: rests grow
 * only if both count.
 */
function isInRow(before: Verdict, now: Verdict): boolean {
  if (before.kind === now.kind && before.scope === now.scope) return true;
  // Failures of the whole endpoint do not count against the mailbox.
  return restsGrowAlike(before.kind, now.kind) && (before.scope === 'endpoint') === (now.scope === 'endpoint');
}

/**
 * The trouble of the last run, as the first failure of this run finds it. Its duration goes on, but the operator is
 * asked again, and the mailbox is tried as soon as a new one.
 */
export function takeUp(left: Trouble | null, now: Instant): Trouble | null {
  return left !== null && now - left.lastAt <= SAME_TROUBLE ? { ...left, inRow: 0, askedAt: null } : null;
}

/**
 * @param random  0 <= x < 1, for jitter
 * @param factor  how many times longer it rests, by an operator's decision
 */
export function sequelOf(
  trouble: Trouble,
  goes: PassFailure['goes'],
  now: Instant,
  random: number,
  factor = 1,
): Sequel {
  const { verdict, inRow, firstAt } = trouble;
  // A token that was renewed and is refused still is a matter for the operator.
  if (goes === 'hold' || verdict.next === 'renew-token') return { do: 'hold' };
  if (goes === 'now' && inRow <= AT_ONCE) return { do: 'again at once' };
  if (inRow >= triesBeforeHold(verdict.kind)) return { do: 'hold' };
  // A repair may take days, and is waited for. Other faults are to pass within hours, and this one did not.
  if (verdict.kind !== 'mailbox-state' && now - firstAt >= LONGEST_REST) return { do: 'hold' };
  const tries = goes === 'now' ? inRow - AT_ONCE : inRow;
  return { do: 'rest', for: Math.min(LONGEST_REST, restAfter(verdict, tries, random) * factor) };
}

/**
 * When the operator is asked, while the mailbox goes on trying; null: not before the next try has shown that the
 * trouble lasts. Where a server named a wait, nobody is asked before it is over.
 */
export function asksAt({ firstAt, lastAt, verdict, inRow }: Trouble): Instant | null {
  const due = firstAt + asksOperatorAfter(verdict, inRow);
  if (lastAt >= due) return lastAt;
  return lastAt + verdict.waitSeconds * 1000 > due ? due : null;
}
