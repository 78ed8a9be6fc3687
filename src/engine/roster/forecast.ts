import type { Instant, MailboxState } from '../../protocol/entities.js';
import type { Reason } from '../../words/reason.js';
import type { Admission } from '../governor/governor.js';
import { type NextFirst, pairOf, type SchedulerRules, type Waiting } from '../schedule/scheduler.js';

const POSTPONED: Reason = { key: 'postponed' };
const STAGGERED: Reason = { key: 'stagger' };
const IN_TURN: Reason = { key: 'turn' };

type Queued = Extract<MailboxState, { kind: 'queued' }>;
/** The answer to a mailbox that asked for a place at the endpoints and has to wait. */
export type Wait = Pick<Extract<Admission, { kind: 'wait' }>, 'until' | 'why'>;

/**
 * When each waiting mailbox starts, and why not yet. The start after the next one is a forecast, with the middle of the
 * stagger. Where no place is free, nobody knows a start.
 *
 * @param waiting  mailboxes that wait for their turn, in the order of the plan
 * @param running  mailboxes at work
 * @param nextFirst  when the next first pass may start at each source
 * @param refused  mailboxes whose turn it is and that have no place at an endpoint
 */
export function forecast(
  waiting: readonly Waiting[],
  running: number,
  nextFirst: NextFirst,
  rules: SchedulerRules,
  now: Instant,
  refused: ReadonlyMap<string, Wait> = new Map(),
): ReadonlyMap<string, Queued> {
  const states = new Map<string, Queued>();
  const noPlace: Queued = {
    kind: 'queued',
    startsAt: null,
    why: { key: 'place', concurrency: rules.concurrency },
  };
  const gap = ((rules.stagger.min + rules.stagger.max) / 2) * 1000;
  let free = rules.concurrency - running;
  const next = new Map(nextFirst);
  // Mailboxes that come back from a rest have the first right to a place.
  const inTurn = [...waiting.filter(({ first }) => !first), ...waiting.filter(({ first }) => first)];
  // If an endpoint has no place, all first starts behind this mailbox wait, too.
  const behind = new Map<string, Wait>();
  for (const { id, first, notBefore, ends } of inTurn) {
    const wait = refused.get(id) ?? (first ? behind.get(pairOf(ends)) : undefined);
    if (first && wait) behind.set(pairOf(ends), wait);
    if (wait && notBefore <= now) {
      states.set(id, { kind: 'queued', startsAt: wait.until, why: wait.why });
    } else if (notBefore > now) {
      states.set(id, { kind: 'queued', startsAt: notBefore, why: POSTPONED });
    } else if (free <= 0) {
      states.set(id, noPlace);
    } else {
      free--;
      if (first) {
        const startsAt = Math.max(next.get(ends.source) ?? 0, now);
        states.set(id, { kind: 'queued', startsAt, why: STAGGERED });
        next.set(ends.source, startsAt + gap);
      } else states.set(id, { kind: 'queued', startsAt: now, why: IN_TURN });
    }
  }
  return states;
}
