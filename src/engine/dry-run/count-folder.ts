import type { BatchOptions } from '../../store/batch/batch.js';
import type { UidSet } from '../../store/uid/uid-set.js';
import { outsideOf } from '../../words/days.js';
import { isDeletedFlag } from '../imap/grammar/flags.js';
import { instantOf } from '../imap/grammar/internal-date.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';
import type { FolderCount } from './forecast.js';

/** The knowledge of earlier runs about a source folder. */
export interface KnownFolder {
  /** Source UIDs that need not be copied any more. */
  readonly settled: UidSet;
  /** Source UIDs that an operator left out. */
  readonly skipped: UidSet;
}

/** Counts what a run would do with each message of a folder. */
export class FolderCounter {
  #messages = 0;
  #settled = 0;
  #skipped = 0;
  #deleted = 0;
  #outside = 0;
  readonly #isOutside: (at: number | undefined) => boolean;
  readonly #toCopy = { messages: 0, bytes: 0 };
  readonly #tooBig = { messages: 0, bytes: 0 };

  /** @param limit  bytes that a message may have; null: any */
  constructor(
    private readonly known: KnownFolder,
    private readonly limit: number | null,
    private readonly options: Pick<BatchOptions, 'deleted' | 'since' | 'until'>,
  ) {
    this.#isOutside = outsideOf(options);
  }

  add({ uid, size = 0, flags = [], internalDate }: NamedRow): void {
    this.#messages++;
    if (this.known.skipped.has(uid)) {
      this.#skipped++;
      return;
    }
    if (this.known.settled.has(uid)) {
      this.#settled++;
      return;
    }
    if (internalDate !== undefined && this.#isOutside(instantOf(internalDate))) {
      this.#outside++;
      return;
    }
    const isDeleted = flags.some(isDeletedFlag);
    if (isDeleted) this.#deleted++;
    if (isDeleted && this.options.deleted === 'skip') return;
    const amount = this.limit !== null && size > this.limit ? this.#tooBig : this.#toCopy;
    amount.messages++;
    amount.bytes += size;
  }

  get count(): FolderCount {
    return {
      messages: this.#messages,
      toCopy: { ...this.#toCopy },
      tooBig: { ...this.#tooBig },
      deleted: this.#deleted,
      settled: this.#settled,
      skipped: this.#skipped,
      outside: this.#outside,
    };
  }
}
