import type { LifeEvent, Turn } from '../mailbox/life/life.js';
import { isBusy } from '../mailbox/life/state-of-life.js';
import type { Worker } from '../mailbox/worker.js';

/** The reason with which a pause ends an attempt: everything in flight is settled first. */
const PAUSED = new Error('paused');
/** The reason with which a stop ends an attempt. */
export const STOPPED = new Error('stopped');

/** How an attempt that runs is ended: `drain` settles what is in flight, `drop` does not. */
export interface Stop {
  readonly drain: AbortController;
  readonly drop: AbortController;
  /**
   * Aborted when the attempt is told to stop. An attempt that is pausing has a reason in `drain` already, which takes
   * no second one.
   */
  readonly halt: AbortController;
}

/**
 * The mailboxes of a batch, and which of them wait for their turn. It carries out the effects of an event of a
 * mailbox's life; the life itself decides these.
 */
export class Roster {
  readonly workers = new Map<string, Worker>();
  readonly running = new Map<string, Promise<void>>();
  readonly stops = new Map<string, Stop>();
  readonly #queue = new Set<string>();

  /** @param wake  called when something may start now, or need not be waited for any more */
  constructor(private readonly wake: () => void) {}

  add(worker: Worker): void {
    this.workers.set(worker.row.id, worker);
  }

  /** Takes a mailbox through an event, and does what follows from it. */
  tell(worker: Worker, event: LifeEvent): void {
    const effects = worker.tell(event);
    const { id } = worker.row;
    if (worker.life.at === 'queue') this.#queue.add(id);
    else this.#queue.delete(id);
    const stop = this.stops.get(id);
    if (effects.includes('settle')) stop?.drain.abort(PAUSED);
    if (effects.includes('halt')) {
      stop?.halt.abort(STOPPED);
      stop?.drain.abort(STOPPED);
    }
    if (effects.includes('drop')) stop?.drop.abort(STOPPED);
    if (effects.includes('wake')) this.wake();
  }

  /** Takes all mailboxes through an event. */
  tellAll(event: LifeEvent): void {
    for (const worker of this.workers.values()) this.tell(worker, event);
  }

  /** Ids of mailboxes that wait for their turn, in the order of the plan, then in the order in which they came back. */
  get queue(): ReadonlySet<string> {
    return this.#queue;
  }

  /** Whether something is at work or waits. */
  get busy(): boolean {
    return this.#queue.size > 0 || this.running.size > 0;
  }

  /** The turn that a mailbox waits for; null: it does not wait for one. */
  turnOf(id: string): Turn | null {
    const life = this.workers.get(id)?.life;
    return life?.at === 'queue' ? life.turn : null;
  }

  /** The clock on the wall was set, so instants that are waited for move along.  @param by  milliseconds */
  clockSet(by: number): void {
    for (const worker of this.workers.values()) {
      this.tell(worker, { kind: 'clock set', by });
      worker.clockSet(by);
    }
  }

  /** Finds a mailbox by its id or address. */
  find(mailbox: string): Worker | undefined {
    const known = this.workers.get(mailbox);
    if (known) return known;
    for (const worker of this.workers.values()) if (worker.row.email === mailbox) return worker;
    return undefined;
  }

  /** Whether some mailbox is in that state. */
  some(kind: Worker['state']['kind']): boolean {
    for (const { state } of this.workers.values()) if (state.kind === kind) return true;
    return false;
  }

  /** How many mailboxes were paused by name, and not with the whole batch. */
  get pausedByName(): number {
    let many = 0;
    for (const { life } of this.workers.values()) {
      const pause = isBusy(life) ? life.order.kind === 'pause' && life.order.by : life.at === 'pause' && life.by;
      if (pause === 'operator') many++;
    }
    return many;
  }
}
