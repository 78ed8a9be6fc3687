import type { Clock, Random } from '../words/clock.js';
import { forecast } from './forecast.js';
import type { Course } from './orders.js';
import type { Instant } from './protocol.js';
import type { Roster } from './roster.js';
import { decide, type Waiting } from './scheduler.js';

export interface TurnParts {
  readonly roster: Roster;
  readonly course: Course;
  readonly clock: Clock;
  readonly random: Random;
}

/** Whose turn it is: when the next look is due, and what those are told that wait. */
export class Turns {
  #wakeAt: Instant | null = null;
  #wake: () => void = () => {};

  constructor(private readonly parts: TurnParts) {}

  /** @returns ids of the mailboxes that may start now */
  due(): readonly string[] {
    const { roster, course, clock, random } = this.parts;
    const decision = decide(
      this.#waiting(),
      roster.running.size,
      course.nextFirstAt,
      course.options,
      clock.now(),
      random,
    );
    course.nextFirstAt = decision.nextFirstAt;
    this.#wakeAt = decision.wakeAt;
    return decision.start;
  }

  /** Those that may not start are told what they wait for. */
  tell(): void {
    const { roster, course, clock } = this.parts;
    const waiting = this.#waiting().filter(({ id }) => roster.workers.get(id)?.state.kind === 'queued');
    const told = forecast(waiting, roster.running.size, course.nextFirstAt, course.options, clock.now());
    for (const [id, { startsAt, why }] of told) this.#tell(id, startsAt, why);
  }

  /** Nobody starts. */
  none(why: string): void {
    this.noneEver();
    for (const id of this.parts.roster.queue) this.#tell(id, null, why);
  }

  /** A start that was due is due no more: waking for it would spin while the last lines are drained. */
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
    const timer =
      until === null ? new Promise<void>(() => {}) : clock.sleep(Math.max(0, until - clock.now()), waking.signal);
    await Promise.race([woken, timer]);
    waking.abort();
  }

  /** Something may start now, or need not be waited for any more. */
  wake(): void {
    this.#wake();
  }

  #waiting(): Waiting[] {
    const { roster } = this.parts;
    return [...roster.queue].map((id) => ({
      id,
      first: roster.workers.get(id)?.first === true && !roster.isOrdered(id),
      notBefore: roster.notBefore(id),
    }));
  }

  #tell(id: string, startsAt: Instant | null, why: string): void {
    const worker = this.parts.roster.workers.get(id);
    if (worker?.state.kind !== 'queued') return;
    if (worker.state.why === why && worker.state.startsAt === startsAt) return;
    worker.state = { kind: 'queued', startsAt, why };
  }
}
