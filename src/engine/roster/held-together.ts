import type { PlanRow } from '../../store/batch/batch.js';
import { endpointKey } from '../../store/batch/endpoints.js';
import type { CommonCause, Hold } from '../mailbox/life/life.js';
import type { Worker } from '../mailbox/worker.js';
import type { Roster } from './roster.js';

/** Mailboxes that one cause holds for as long as it lasts: each would meet it, and none can mend it. */
export class HeldTogether {
  /**
   * Ids of mailboxes that were held for it. When the cause is gone, only these are looked at, and not all of 50,000.
   */
  readonly #held = new Set<string>();

  constructor(
    private readonly roster: Roster,
    private readonly cause: CommonCause,
  ) {}

  /** Adds a mailbox that was held by itself for the same cause. */
  join(worker: Worker): void {
    this.#held.add(worker.row.id);
    this.roster.tell(worker, { kind: 'cause is common', cause: this.cause });
  }

  /** Holds all mailboxes that wait at the endpoint and would meet the cause. */
  hold(hold: Hold, wouldMeetIt: (row: PlanRow) => boolean = () => true): void {
    const { side, key } = this.cause;
    for (const id of [...this.roster.queue]) {
      const worker = this.roster.workers.get(id);
      if (!worker || endpointKey(side, worker.row) !== key || !wouldMeetIt(worker.row)) continue;
      this.#held.add(id);
      this.roster.tell(worker, { kind: 'held with others', hold, cause: this.cause });
    }
  }

  /** The cause is gone, so its mailboxes go on. A wait that a server named to one of them ends no sooner for that. */
  release(): void {
    for (const id of this.#held) {
      const worker = this.roster.workers.get(id);
      if (worker) this.roster.tell(worker, { kind: 'cause is gone', cause: this.cause });
    }
    this.#held.clear();
  }
}
