import type { PlanRow } from '../../store/batch/batch.js';
import type { Looks } from '../../store/looks/looks.js';
import type { Clock } from '../../words/clock.js';
import type { MapOptions } from '../copy/map/folder-map.js';
import type { OpenSource } from '../login/source-session.js';
import { type Counted, countMailbox } from './look-ahead.js';

export interface EarlyLookParts {
  readonly clock: Clock;
  readonly looks: Looks;
  readonly open: OpenSource;
  /** The folders of a mailbox that are copied. */
  readonly options: (row: PlanRow) => MapOptions;
  /** Mailboxes that wait for their first start, those that start soon left out, in the order of the plan. */
  readonly waiting: () => readonly PlanRow[];
  /** Whether the mailbox's source is in no trouble. */
  readonly isWell: (row: PlanRow) => boolean;
  /** The batch is at work and its window is open. */
  readonly isCalm: () => boolean;
  /** The right to one connection; null where the source has no room to spare. @returns how to give it back */
  readonly permit: (row: PlanRow) => (() => void) | null;
  /** Called when the size of a mailbox has become known. */
  readonly onFound: (row: PlanRow) => void;
}

/** Milliseconds between two looks, at the least. */
const LOOK_EVERY = 2_000;
/** Milliseconds that one look may take. */
const LONGEST = 20_000;
/** Milliseconds until the next one after so many that failed in a row; after more of them nobody looks any more. */
const RESTS = [60_000, 300_000] as const;
/** Looks after which they are put on disk. */
const SAVE_EVERY = 20;

/**
 * Counts the mailboxes that wait, so that it is known early what a night holds: one at a time, never where the source
 * has shown any trouble. What fails says nothing about the mailbox and nothing about the server: it is not entered,
 * and the mailbox is not asked a second time.
 */
export class EarlyLooks {
  readonly #tried = new Set<string>();
  #failed = 0;
  #unsaved = 0;
  #current: { readonly id: string; readonly leave: AbortController } | null = null;

  constructor(private readonly parts: EarlyLookParts) {}

  /** A mailbox starts, and its look, if one is under way, ends at once. */
  starts(id: string): void {
    if (this.#current?.id === id) this.#current.leave.abort();
  }

  /** Looks until all that wait were looked at, or it is ended. @param over  ends it, and what is under way */
  async run(over: AbortSignal): Promise<void> {
    const { clock } = this.parts;
    while (!over.aborted && this.#failed <= RESTS.length) {
      await clock.sleep(this.#failed === 0 ? LOOK_EVERY : RESTS[this.#failed - 1]!, over);
      if (over.aborted) break;
      const row = this.#next();
      if (row !== null) await this.#look(row, over);
    }
    await this.#save('rest');
  }

  /** The last ones first: those that start soon tell by themselves. */
  #next(): PlanRow | null {
    if (!this.parts.isCalm()) return null;
    const { looks, waiting, isWell } = this.parts;
    return waiting().findLast((row) => looks.of(row.id) === null && !this.#tried.has(row.id) && isWell(row)) ?? null;
  }

  async #look(row: PlanRow, over: AbortSignal): Promise<void> {
    const { clock, looks, permit, onFound } = this.parts;
    const giveBack = permit(row);
    if (giveBack === null) return;
    const leave = new AbortController();
    this.#current = { id: row.id, leave };
    this.#tried.add(row.id);
    const left = AbortSignal.any([over, leave.signal]);
    try {
      const counted = await this.#count(row, left);
      looks.found(row.id, { ...counted, newest: null, at: clock.now() });
      this.#failed = 0;
      onFound(row);
      await this.#save('some');
    } catch {
      if (!left.aborted) this.#failed++;
    } finally {
      this.#current = null;
      giveBack();
    }
  }

  async #count(row: PlanRow, left: AbortSignal): Promise<Counted> {
    const { clock, open, options } = this.parts;
    const enough = new AbortController();
    const drop = AbortSignal.any([left, enough.signal]);
    void clock.sleep(LONGEST, drop).then(() => enough.abort());
    try {
      const session = await open(row, drop);
      const hangUp = () => session.wire.drop(new Error('nobody waits for this any more'));
      drop.addEventListener('abort', hangUp, { once: true });
      try {
        if (drop.aborted) hangUp();
        return await countMailbox(session, options(row));
      } finally {
        drop.removeEventListener('abort', hangUp);
        // The server counts it until it is closed.
        await session.wire.leave();
      }
    } finally {
      enough.abort();
    }
  }

  async #save(when: 'some' | 'rest'): Promise<void> {
    if (when === 'some' && ++this.#unsaved < SAVE_EVERY) return;
    if (this.#unsaved === 0) return;
    this.#unsaved = 0;
    // It can be learned anew.
    await this.parts.looks.save().catch(() => undefined);
  }
}
