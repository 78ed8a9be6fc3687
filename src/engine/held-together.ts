import type { PlanRow } from '../store/batch.js';
import type { Side } from '../words/side.js';
import type { Roster, Turn } from './roster.js';
import type { Worker } from './worker.js';

/** Why mailboxes are held, and what is asked. */
export interface Hold {
  readonly because: string;
  readonly asks: string;
  /** The side whose password is asked for. */
  readonly password: Side | null;
}

/** Mailboxes that one cause holds, for as long as it lasts: each would meet it, and none can mend it. */
export class HeldTogether {
  /** By id, what they waited for; null: they waited for nothing. */
  readonly #held = new Map<string, Turn | null>();

  /** @param wake  something may start now */
  constructor(
    private readonly roster: Roster,
    private readonly wake: () => void,
  ) {}

  /** It was held by itself, for the same cause. */
  join({ row }: Worker): void {
    this.#held.set(row.id, null);
  }

  /** Holds all that wait and would meet the same. */
  hold(wouldMeetIt: (row: PlanRow) => boolean, { because, asks, password }: Hold): void {
    for (const id of [...this.roster.queue]) {
      const worker = this.roster.workers.get(id);
      if (!worker || !wouldMeetIt(worker.row)) continue;
      this.#held.set(id, this.roster.takeOut(worker));
      worker.hold(because, asks, password);
    }
  }

  /** The cause is gone: they go on. A wait that a server named to one of them is over no sooner for that. */
  release(): void {
    if (this.#held.size === 0) return;
    for (const [id, turn] of this.#held) {
      const worker = this.roster.workers.get(id);
      if (worker?.state.kind !== 'held' || this.roster.running.has(id)) continue;
      if (turn) this.roster.putBack(id, turn);
      else this.roster.enqueue(id);
      worker.state = turn?.state ?? { kind: 'queued', startsAt: null, why: 'waits for its turn' };
    }
    this.#held.clear();
    this.wake();
  }
}
