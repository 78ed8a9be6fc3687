import { setMaxListeners } from 'node:events';
import type { Advice } from '../../words/advice/advice.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import type { MailboxOrders } from '../decisions/mailbox-orders.js';
import { LOOKS_AGAIN_AFTER } from '../mailbox/mailbox-disk.js';
import { MEND_AND_GO_ON } from '../mailbox/mend-and-go-on.js';
import { dropWhenStuck } from '../mailbox/stopping.js';
import type { Worker } from '../mailbox/worker.js';
import type { Outcome } from '../mailbox/worker-parts.js';
import type { EndpointHealth } from '../publish/endpoint-health.js';
import type { Publisher } from '../publish/publisher.js';
import { APPLICATION_REFUSED, type PassFailure } from '../responses/pass-failure.js';
import type { Triage } from '../triage/triage.js';
import type { EndpointHolds } from './endpoint-holds.js';
import type { Orders } from './orders.js';
import type { Roster, Stop } from './roster.js';
import type { SharedLogins } from './shared-logins.js';
import type { Due } from './turns.js';

export interface AttemptParts {
  readonly roster: Roster;
  readonly publisher: Publisher;
  readonly orders: Orders;
  readonly health: EndpointHealth;
  readonly shared: SharedLogins;
  readonly holds: EndpointHolds;
  /** Null before it was read. */
  readonly triage: () => Triage | null;
  /** Decisions of operators about messages, by mailbox. */
  readonly orderBooks: ReadonlyMap<string, MailboxOrders>;
  /** Of the whole batch. */
  readonly drain: AbortSignal;
  readonly drop: AbortSignal;
  readonly clock: Clock;
  /** Called when something may start now. */
  readonly wake: () => void;
}

/** The reason for which connections end that make no progress after an order to stop. */
const STUCK = new Error('stopped: nothing moved any more');

/** Starts attempts on mailboxes, and does what follows when one has ended. */
export class Attempts {
  /** A bug of ours, which no server and no file caused; null: none yet. */
  bug: unknown = null;

  constructor(private readonly parts: AttemptParts) {}

  start({ id, place }: Due): void {
    const { roster, wake } = this.parts;
    const worker = roster.workers.get(id);
    if (!worker) throw new Error(`unreachable: ${id} starts, and is nobody`);
    this.parts.orderBooks.get(id)?.attempt();
    const stop: Stop = { drain: new AbortController(), drop: new AbortController(), halt: new AbortController() };
    roster.stops.set(id, stop);
    roster.tell(worker, { kind: 'started' });
    const drain = AbortSignal.any([this.parts.drain, stop.drain.signal]);
    const drop = AbortSignal.any([this.parts.drop, stop.drop.signal]);
    // Every folder that waits for its turn listens to these signals, so many listeners are no leak.
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
      .attempt(place, drain, drop)
      .then((outcome) => this.#ended(worker, outcome))
      .catch((error: unknown) => this.#broke(worker, error))
      .finally(() => {
        over.abort();
        place.leave();
        roster.running.delete(id);
        roster.stops.delete(id);
        wake();
      });
    roster.running.set(id, attempt);
  }

  async #ended(worker: Worker, outcome: Outcome): Promise<void> {
    const { roster, health, orders } = this.parts;
    const { id } = worker.row;
    const triage = this.parts.triage();
    if (outcome.kind === 'through') {
      this.parts.orderBooks.get(id)?.synced();
      triage?.synced(id);
    }
    await triage?.ended();
    // Where the clock is set while the attempt is written down, the wait moves along.
    const { state } = worker;
    if (outcome.kind === 'again' && state.kind === 'backing-off')
      health.failed(worker.row, outcome.failure, state.until);
    // A decision may have been made while the mailbox was at work, or may be due later.
    const due = outcome.kind === 'through' ? (triage?.dueAt(id) ?? null) : null;
    roster.tell(worker, { kind: 'written', due });
    if (worker.life.at !== 'hold') return;
    if (outcome.kind === 'held') this.#heldFor(worker, outcome.failure);
    if (outcome.kind === 'disk' && outcome.trouble.outlook === 'passes') orders.lookAgain(worker, LOOKS_AGAIN_AFTER);
  }

  /** Holds other mailboxes that would meet the same failure. */
  #heldFor(worker: Worker, failure: PassFailure): void {
    const { holds, shared } = this.parts;
    const { side, verdict } = failure;
    if (verdict.scope === 'endpoint') holds.held(worker, failure);
    // The login was let in, so only the right to this one mailbox is missing.
    else if (verdict.kind === 'auth' && verdict.advice.key !== 'mailbox permission')
      shared.refused(worker, side, verdict.rule === APPLICATION_REFUSED ? verdict.advice : null);
  }

  /** A state file that cannot be used, or a bug, holds its mailbox; the others go on. */
  #broke(worker: Worker, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const isBug = !(error instanceof BadInput);
    if (isBug) this.bug ??= error;
    const told = isBug && error instanceof Error ? (error.stack ?? text) : text;
    this.parts.publisher.say('error', `${worker.row.email}: ${told}`);
    const because = { key: isBug ? 'bug' : 'file', text } as const;
    const asks: Advice = isBug ? { key: 'report' } : MEND_AND_GO_ON;
    this.parts.roster.tell(worker, { kind: 'broke', hold: { because, asks, password: null } });
  }
}
