import type { MailboxState } from './protocol.js';
import type { Worker } from './worker.js';

/** How an attempt that runs is ended: `drain` settles what is in flight, `drop` does not. */
export interface Stop {
  readonly drain: AbortController;
  readonly drop: AbortController;
  /** Aborted when it is told to stop: one that was pausing already has its reason in `drain`, which takes no second one. */
  readonly halt: AbortController;
}

/** What a mailbox waited for when it was paused, or held with others. */
export interface Turn {
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  /** By an operator's order: without stagger. */
  readonly ordered: boolean;
  readonly state: Worker['state'];
}

export type Rest = Extract<Worker['state'], { kind: 'backing-off' }>;

/** The mailboxes of a batch at work, and what each of them waits for. Ids throughout. */
export class Roster {
  readonly workers = new Map<string, Worker>();
  readonly running = new Map<string, Promise<void>>();
  readonly stops = new Map<string, Stop>();
  /** Paused one by one, and not with the whole batch; null: it was at work. */
  readonly paused = new Map<string, Turn | null>();
  /** Answered with a password since their last attempt began. */
  readonly answered = new Set<string>();
  /** Waiting for their turn. */
  readonly #queue = new Set<string>();
  readonly #notBefore = new Map<string, number>();
  readonly #ordered = new Set<string>();

  /** Ids that wait for their turn: in the order of the plan, then in which they came back. */
  get queue(): ReadonlySet<string> {
    return this.#queue;
  }

  /** Something is at work or waits. */
  get busy(): boolean {
    return this.#queue.size > 0 || this.running.size > 0;
  }

  /** Lets a mailbox wait for its turn. @param notBefore  milliseconds since the epoch */
  enqueue(id: string, notBefore = 0): void {
    this.#queue.add(id);
    this.#notBefore.set(id, notBefore);
  }

  /** As {@link enqueue}, by an operator's order: without stagger. */
  order(id: string, notBefore: number): void {
    this.enqueue(id, notBefore);
    this.#ordered.add(id);
  }

  /** @returns whether it waited */
  dequeue(id: string): boolean {
    this.#ordered.delete(id);
    this.#notBefore.delete(id);
    return this.#queue.delete(id);
  }

  /** Takes a mailbox out of those that wait. @returns what it waited for; null: it did not wait */
  takeOut({ row, state }: Worker): Turn | null {
    const { id } = row;
    const turn = { notBefore: this.notBefore(id), ordered: this.isOrdered(id), state };
    return this.dequeue(id) ? turn : null;
  }

  /** Lets it wait again for what it waited for. */
  putBack(id: string, { notBefore, ordered }: Turn): void {
    if (ordered) this.order(id, notBefore);
    else this.enqueue(id, notBefore);
  }

  isOrdered(id: string): boolean {
    return this.#ordered.has(id);
  }

  /** Milliseconds since the epoch; 0: at any time. */
  notBefore(id: string): number {
    return this.#notBefore.get(id) ?? 0;
  }

  /** The clock on the wall was set: what is waited for moves along. @param by  milliseconds */
  clockSet(by: number): void {
    for (const [id, at] of this.#notBefore) if (at > 0) this.#notBefore.set(id, at + by);
    for (const [id, turn] of this.paused) {
      if (turn === null) continue;
      const notBefore = turn.notBefore > 0 ? turn.notBefore + by : 0;
      this.paused.set(id, { ...turn, notBefore, state: movedBy(turn.state, by) });
    }
    for (const worker of this.workers.values()) worker.clockSet(by);
  }

  /** By id or address. */
  find(mailbox: string): Worker | undefined {
    const known = this.workers.get(mailbox);
    if (known) return known;
    for (const worker of this.workers.values()) if (worker.row.email === mailbox) return worker;
    return undefined;
  }

  /** The rest that a mailbox is in, or was in when it was paused; null: it rests in none. */
  restOf({ row, state }: Worker): Rest | null {
    const at = state.kind === 'paused' ? this.paused.get(row.id)?.state : state;
    return at?.kind === 'backing-off' ? at : null;
  }

  /** Some mailbox is in that state. */
  some(kind: Worker['state']['kind']): boolean {
    for (const { state } of this.workers.values()) if (state.kind === kind) return true;
    return false;
  }
}

/** A state whose instants are so many milliseconds later. */
export function movedBy(state: MailboxState, by: number): MailboxState {
  if (state.kind === 'backing-off') return { ...state, until: state.until + by };
  if (state.kind === 'queued' && state.startsAt !== null) return { ...state, startsAt: state.startsAt + by };
  return state;
}
