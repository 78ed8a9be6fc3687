import type { Instant } from '../../protocol/entities.js';
import { endpointKey } from '../../store/batch/endpoints.js';
import type { Clock, Random } from '../../words/clock.js';
import { isSameReason, type Reason } from '../../words/reason.js';
import type { Governor, Place } from '../governor/governor.js';
import type { BatchControl } from '../schedule/batch-control.js';
import { decide, inOrder, type Waiting } from '../schedule/scheduler.js';
import { windowAt } from '../schedule/time-window.js';
import { forecast, type Wait } from './forecast.js';
import type { Roster } from './roster.js';

export interface TurnParts {
  readonly roster: Roster;
  readonly control: BatchControl;
  readonly governor: Governor;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * The rank of a mailbox among those that wait for their first start, the greatest first. Null for one: nobody knows.
   * Null for all: in the order of the plan.
   */
  readonly rank: ((id: string) => number | null) | null;
}

/** Milliseconds of the shortest sleep. */
const SHORTEST = 1;
/** Milliseconds between two looks at the clock on the wall. */
const LOOK_EVERY = 60_000;

/** A mailbox that may start, with its place at both endpoints. */
export interface Due {
  readonly id: string;
  readonly place: Place;
}

/**
 * Takes turns: asks which mailboxes may start, knows when the next look is due, and tells the others what they wait
 * for.
 */
export class Turns {
  #wakeAt: Instant | null = null;
  #wake: () => void = () => {};
  /** Mailboxes that had their turn and found no place at an endpoint, by id. */
  #refused: ReadonlyMap<string, Wait> = new Map();

  constructor(private readonly parts: TurnParts) {}

  /** @returns the mailboxes that may start now; each has taken its place and must start, or leave it */
  due(): readonly Due[] {
    const { roster, control, clock, random } = this.parts;
    // This comes first: where the clock was set, instants that are waited for move along with it.
    const now = clock.now();
    const places = new Map<string, Place>();
    const refused = new Map<string, Wait>();
    const decision = decide(
      this.#waiting(),
      roster.running.size,
      control.nextFirst,
      control.options,
      now,
      random,
      (id) => {
        const asked = this.#admit(id);
        if (asked.kind === 'place') places.set(id, asked.place);
        else refused.set(id, asked);
        return asked.kind === 'place' ? null : asked.until;
      },
    );
    control.nextFirst = decision.nextFirst;
    const { until } = windowAt(control.options.window, now);
    this.#wakeAt = earlier(earlier(decision.wakeAt, this.#askAllDue()), Number.isFinite(until) ? until : null);
    this.#refused = refused;
    return [...places].map(([id, place]) => ({ id, place }));
  }

  /** Tells mailboxes that may not start what they wait for. */
  tell(): void {
    const { roster, control, clock } = this.parts;
    const now = clock.now();
    const refused = this.#refused;
    // A mailbox whose rest is over and that has no place yet waits for its turn.
    const waiting = this.#waiting().filter(
      ({ id }) => roster.workers.get(id)?.state.kind === 'queued' || refused.has(id),
    );
    const { nextFirst, options } = control;
    const told = forecast(waiting, roster.running.size, nextFirst, options, now, refused);
    for (const [id, { startsAt, why }] of told) this.#tell(id, startsAt, why);
  }

  /** Lets no mailbox start.  @param until  when to look again; null: only when something happens */
  none(why: Reason, until: Instant | null = null): void {
    this.#wakeAt = until;
    const { roster } = this.parts;
    for (const id of roster.queue) if (roster.workers.get(id)?.state.kind === 'queued') this.#tell(id, until, why);
  }

  /**
   * Lets no mailbox start any more. A start that was due is due no more: waking for it would spin while the last
   * connections are drained.
   */
  noneEver(): void {
    this.#wakeAt = null;
  }

  /** Until the next start is due, or something else may start one. */
  async rest(): Promise<void> {
    const waking = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const until = this.#wakeAt;
    const { clock } = this.parts;
    const timer = until === null ? new Promise<void>(() => {}) : sleepUntil(clock, until, waking.signal);
    await Promise.race([woken, timer]);
    waking.abort();
  }

  /** Something may start now, or need not be waited for any more. */
  wake(): void {
    this.#wake();
  }

  /** Asks the operators of mailboxes that have been in trouble for an hour.  @returns when the next mailbox will ask */
  #askAllDue(): Instant | null {
    const { roster, clock } = this.parts;
    const now = clock.now();
    let next: Instant | null = null;
    for (const id of roster.queue) {
      const worker = roster.workers.get(id);
      const at = worker?.asksAt ?? null;
      if (at !== null && at <= now) worker?.ask();
      else next = earlier(next, at);
    }
    return next;
  }

  /** An endpoint has room again, so mailboxes that found none look again. */
  roomMade(): void {
    if (this.#refused.size > 0) this.#wake();
  }

  #admit(id: string): ReturnType<Governor['admit']> {
    const { roster, governor } = this.parts;
    const worker = roster.workers.get(id);
    if (!worker) throw new Error(`unreachable: ${id} waits, and is nobody`);
    return governor.admit(worker.row, roster.turnOf(id)?.starts ?? 'in turn');
  }

  /**
   * The waiting mailboxes. One whose last attempt is still being written down waits for that, whatever it was told
   * meanwhile.
   */
  #waiting(): Waiting[] {
    const { roster, rank } = this.parts;
    const waiting: Waiting[] = [];
    for (const id of roster.queue) {
      const turn = roster.turnOf(id);
      if (turn === null || roster.running.has(id)) continue;
      const worker = roster.workers.get(id);
      if (!worker) continue;
      const { row } = worker;
      const first = worker.first && turn.starts === 'in turn';
      const ends = { source: endpointKey('source', row), destination: endpointKey('destination', row) };
      waiting.push({ id, first, notBefore: turn.notBefore, ends });
    }
    return rank === null ? waiting : inOrder(waiting, rank);
  }

  #tell(id: string, startsAt: Instant | null, why: Reason): void {
    const worker = this.parts.roster.workers.get(id);
    if (!worker) return;
    const { state } = worker;
    if (state.kind === 'queued' && isSameReason(state.why, why) && state.startsAt === startsAt) return;
    this.parts.roster.tell(worker, { kind: 'told', startsAt, why });
  }
}

/**
 * Looks at the clock on the wall as it sleeps: where that was set, whoever keeps its instants is told, and wakes this.
 * It sleeps at least a moment. An instant is a duration added to a large number, so it may be reached by rounding while
 * the duration is not over, and whoever asks again at once would ask forever.
 */
async function sleepUntil(clock: Clock, until: Instant, signal: AbortSignal): Promise<void> {
  let left = Math.max(SHORTEST, until - clock.now());
  while (left > 0 && !signal.aborted) {
    await clock.sleep(Math.min(left, LOOK_EVERY), signal);
    left = until - clock.now();
  }
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
