import type { PlanRow } from '../store/batch.js';
import type { Side } from '../words/side.js';
import type { Roster } from './roster.js';
import type { Worker } from './worker.js';

/** A shared login that worked before and is refused for so many mailboxes in a row has been withdrawn. */
const REFUSED_IN_ROW = 3;

export interface SharedLoginParts {
  readonly roster: Roster;
  /** This mailbox's credential serves many on this side. */
  readonly shared: (side: Side, row: PlanRow) => boolean;
  /** Something may start now. */
  readonly wake: () => void;
}

/** A shared credential that was refused once stops all that use it: 500 failed logins earn a ban. */
export class SharedLogins {
  /** Held because a shared login was refused, for this mailbox or another. */
  readonly #held: Record<Side, Set<string>> = { source: new Set(), destination: new Set() };
  /** It was let in during this run; and how often it was refused in a row since. */
  readonly #worked: Record<Side, boolean> = { source: false, destination: false };
  readonly #refused: Record<Side, number> = { source: 0, destination: 0 };

  constructor(private readonly parts: SharedLoginParts) {}

  /** A login succeeded: those that were held because of it go on. */
  worked({ row }: Worker, side: Side): void {
    if (!this.parts.shared(side, row)) return;
    this.#worked[side] = true;
    this.#refused[side] = 0;
    const held = this.#held[side];
    if (held.size === 0) return;
    const { roster, wake } = this.parts;
    for (const id of held) {
      const other = roster.workers.get(id);
      if (other?.state.kind !== 'held' || roster.running.has(id)) continue;
      roster.enqueue(id);
      other.state = { kind: 'queued', startsAt: null, why: 'waits for its turn' };
    }
    held.clear();
    wake();
  }

  /** A login was refused, and its mailbox is held: the others that would use it are, too. */
  refused({ row }: Worker, side: Side): void {
    if (!this.parts.shared(side, row)) return;
    // It let others in during this run: the account is at fault, unless it goes on like that.
    this.#refused[side]++;
    if (this.#worked[side] && this.#refused[side] < REFUSED_IN_ROW) return;
    this.#held[side].add(row.id);
    const { roster } = this.parts;
    for (const id of [...roster.queue]) {
      const worker = roster.workers.get(id);
      if (!worker || !this.parts.shared(side, worker.row)) continue;
      roster.dequeue(id);
      this.#held[side].add(id);
      worker.hold(
        `${side}: the shared login was refused for ${row.email}`,
        'Answer with the password of the shared login, or mend it and resume.',
        side,
      );
    }
  }
}
