import { setMaxListeners } from 'node:events';
import { BadInput } from '../words/bad-input.js';
import type { Clock } from '../words/clock.js';
import type { EndpointHealth } from './endpoint-health.js';
import type { EndpointHolds } from './endpoint-holds.js';
import { LOOKS_AGAIN_AFTER } from './mailbox-disk.js';
import { MEND_AND_GO_ON } from './mend-and-go-on.js';
import type { Course, Orders } from './orders.js';
import type { PassFailure } from './pass-failure.js';
import type { Publisher } from './publisher.js';
import type { Roster, Stop } from './roster.js';
import type { SharedLogins } from './shared-logins.js';
import { dropWhenStuck } from './stopping.js';
import type { MailboxOrders } from './triage/mailbox-orders.js';
import type { Triage } from './triage/triage.js';
import type { Due } from './turns.js';
import type { Worker } from './worker.js';
import type { Outcome } from './worker-parts.js';

export interface AttemptParts {
  readonly roster: Roster;
  readonly course: Course;
  readonly publisher: Publisher;
  readonly orders: Orders;
  readonly health: EndpointHealth;
  readonly shared: SharedLogins;
  readonly holds: EndpointHolds;
  /** Null before it was read. */
  readonly triage: () => Triage | null;
  /** What operators decided about messages, by mailbox. */
  readonly orderBooks: ReadonlyMap<string, MailboxOrders>;
  /** Of the whole batch. */
  readonly drain: AbortSignal;
  readonly drop: AbortSignal;
  readonly clock: Clock;
  /** Something may start now. */
  readonly wake: () => void;
}

/** What ends connections that bring nothing to its end when the operator has ordered a stop. */
const STUCK = new Error('stopped: nothing moved any more');

/** Starts attempts on mailboxes, and sees to it what follows when one has ended. */
export class Attempts {
  /** What no server and no file did; null: nothing yet. */
  bug: unknown = null;

  constructor(private readonly parts: AttemptParts) {}

  start({ id, place }: Due): void {
    const { roster, wake } = this.parts;
    const worker = roster.workers.get(id);
    if (!worker) throw new Error(`unreachable: ${id} starts, and is nobody`);
    roster.dequeue(id);
    roster.answered.delete(id);
    this.parts.orderBooks.get(id)?.attempt();
    const stop: Stop = { drain: new AbortController(), drop: new AbortController(), halt: new AbortController() };
    roster.stops.set(id, stop);
    const drain = AbortSignal.any([this.parts.drain, stop.drain.signal]);
    const drop = AbortSignal.any([this.parts.drop, stop.drop.signal]);
    // Every folder that waits for its turn listens: that is no leak.
    setMaxListeners(0, drain, drop);
    const over = new AbortController();
    void dropWhenStuck({
      halted: AbortSignal.any([this.parts.drain, stop.halt.signal]),
      over: over.signal,
      progress: () => worker.progress,
      clock: this.parts.clock,
      drop: () => stop.drop.abort(STUCK),
    });
    const attempt = worker
      .attempt(place, drain, drop, () => (this.#isStopped(stop) ? 'stopped' : 'paused'))
      .then((outcome) => this.#ended(worker, outcome, stop))
      .catch((error: unknown) => this.#broke(worker, error))
      .finally(() => {
        over.abort();
        // It came to its end, or is held, before the pause could take hold: there is nothing to continue.
        if (worker.state.kind !== 'paused') roster.paused.delete(id);
        place.leave();
        roster.running.delete(id);
        roster.stops.delete(id);
        wake();
      });
    roster.running.set(id, attempt);
  }

  async #ended(worker: Worker, outcome: Outcome, stop: Stop): Promise<void> {
    const { roster, course, health } = this.parts;
    const { id } = worker.row;
    const triage = this.parts.triage();
    if (outcome.kind === 'through') {
      this.parts.orderBooks.get(id)?.synced();
      triage?.synced(id);
    }
    await triage?.ended();
    if (outcome.kind === 'disk' && outcome.notBefore === null) {
      if (outcome.trouble.outlook === 'passes') this.parts.orders.lookAgain(worker, LOOKS_AGAIN_AFTER);
    } else if (outcome.kind === 'again' || outcome.kind === 'disk') {
      // The state moves along where the clock is set while the last of it is written down.
      const { state } = worker;
      const notBefore = state.kind === 'backing-off' ? state.until : (outcome.notBefore ?? 0);
      const ordered = this.#endedByOrder(id, stop);
      if (ordered === 'paused') roster.paused.set(id, { notBefore, ordered: false, state: worker.state });
      if (ordered) worker.state = { kind: ordered };
      else roster.enqueue(id, notBefore);
      if (outcome.kind === 'again') health.failed(id, outcome.failure, notBefore);
    }
    // Continued before its lines were closed.
    const goesOn = worker.state.kind === 'paused' && course.state !== 'paused' && !roster.paused.has(id);
    // Answered while what the refusal left was still being written down.
    const answered = worker.asksPassword !== null && roster.answered.has(id);
    if (goesOn || answered) {
      roster.order(id, 0);
      worker.state = { kind: 'queued', startsAt: null, why: 'waits for its turn' };
    } else if (outcome.kind === 'held') this.#heldFor(worker, outcome.failure);
    else if (outcome.kind === 'through') this.#goesOnByDecision(id, worker);
  }

  /** What was ordered while the last of the attempt was still being written down. */
  #endedByOrder(id: string, stop: Stop): 'paused' | 'stopped' | null {
    if (this.parts.roster.paused.has(id)) return 'paused';
    return stop.halt.signal.aborted ? 'stopped' : null;
  }

  /** By itself, or with the whole batch. */
  #isStopped({ halt }: Stop): boolean {
    return halt.signal.aborted || this.parts.drain.aborted;
  }

  /** Others may meet the same. */
  #heldFor(worker: Worker, failure: PassFailure): void {
    const { holds, shared } = this.parts;
    const { side, verdict } = failure;
    if (verdict.scope === 'endpoint') holds.held(worker, failure);
    else if (verdict.kind === 'auth') shared.refused(worker, side);
  }

  /** Something was decided while it was at work, or is to be tried later. */
  #goesOnByDecision(id: string, worker: Worker): void {
    const { roster, orders } = this.parts;
    const due = this.parts.triage()?.dueAt(id) ?? null;
    if (due === null) return;
    if (roster.paused.has(id)) {
      // No decision takes a pause off.
      const state = { kind: 'queued', startsAt: due, why: 'by decision' } as const;
      roster.paused.set(id, { notBefore: due, ordered: true, state });
      worker.state = { kind: 'paused' };
    } else orders.startBy(worker, due, 'by decision');
  }

  /** What no server did: a state file that cannot be used, or a bug. It holds its mailbox; the others go on. */
  #broke(worker: Worker, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const isBug = !(error instanceof BadInput);
    if (isBug) this.bug ??= error;
    const told = isBug && error instanceof Error ? (error.stack ?? text) : text;
    this.parts.publisher.say('error', `${worker.row.email}: ${told}`);
    worker.hold(text, isBug ? 'Report it, and resume.' : MEND_AND_GO_ON, null);
  }
}
