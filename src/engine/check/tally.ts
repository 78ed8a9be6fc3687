import type { BatchOptions } from '../../store/batch/batch.js';
import { outsideOf } from '../../words/days.js';
import { isDeletedFlag, isKeyword } from '../imap/grammar/flags.js';
import { instantOf } from '../imap/grammar/internal-date.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';

/**
 * Sums over the messages of a folder. Messages that `--deleted skip` leaves out count as deleted alone, and those
 * outside of the days that are copied as that.
 */
export interface FolderTally {
  readonly messages: number;
  readonly bytes: number;
  /** Bytes; null: no size was told. */
  readonly largest: number | null;
  /** INTERNALDATE, milliseconds since the epoch; null: no date can be read. */
  readonly oldest: number | null;
  readonly newest: number | null;
  /** Larger than the destination takes, or than `--max-size`. */
  readonly tooLarge: { readonly messages: number; readonly bytes: number };
  /** Marked \Deleted. */
  readonly deleted: number;
  /** Outside of the days that are copied. */
  readonly outside: number;
  /** Of a date that cannot be read, that lies ahead, or that is before 1970. */
  readonly misdated: number;
  /** The source says that they have no byte. */
  readonly empty: number;
  /** The source does not tell their size. */
  readonly sizeUnknown: number;
  /** With a keyword: a flag that is not one of the system's (RFC 9051 section 2.3.2). */
  readonly withKeywords: number;
  /** Flags and keywords that are set, in lower case; the first {@link MOST_FLAGS}. */
  readonly flags: readonly string[];
}

const MOST_FLAGS = 100;

const DAY = 86_400_000;

/** Days of a mailbox, and how many messages each has. */
export type Days = Map<number, number>;

interface TallyOptions extends Pick<BatchOptions, 'deleted' | 'since' | 'until'> {
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Counts the messages of a folder, one at a time: nothing of a message is kept. */
export class Tally {
  readonly #of = {
    messages: 0,
    bytes: 0,
    deleted: 0,
    outside: 0,
    misdated: 0,
    empty: 0,
    sizeUnknown: 0,
    withKeywords: 0,
    tooLarge: { messages: 0, bytes: 0 },
  };
  readonly #isOutside: (at: number | undefined) => boolean;
  readonly #flags = new Set<string>();
  #largest: number | null = null;
  #oldest: number | null = null;
  #newest: number | null = null;

  /**
   * @param limit  bytes that a message may have; null: any
   * @param days   of the whole mailbox; the messages are added to it
   */
  constructor(
    private readonly limit: number | null,
    private readonly options: TallyOptions,
    private readonly days: Days,
  ) {
    this.#isOutside = outsideOf(options);
  }

  add({ size, flags = [], internalDate }: NamedRow): void {
    const at = internalDate === undefined ? undefined : instantOf(internalDate);
    if (this.#isOutside(at)) {
      this.#of.outside++;
      return;
    }
    const isDeleted = flags.some(isDeletedFlag);
    if (isDeleted) this.#of.deleted++;
    if (isDeleted && this.options.deleted === 'skip') return;
    this.#of.messages++;
    if (flags.some(isKeyword)) this.#of.withKeywords++;
    for (const flag of flags) if (this.#flags.size < MOST_FLAGS) this.#flags.add(flag.toLowerCase());
    this.#addSize(size);
    this.#addDate(at);
  }

  get tally(): FolderTally {
    return {
      ...this.#of,
      tooLarge: { ...this.#of.tooLarge },
      flags: [...this.#flags],
      largest: this.#largest,
      oldest: this.#oldest,
      newest: this.#newest,
    };
  }

  #addSize(size: number | undefined): void {
    if (size === undefined) {
      this.#of.sizeUnknown++;
      return;
    }
    if (size === 0) this.#of.empty++;
    this.#of.bytes += size;
    this.#largest = Math.max(this.#largest ?? 0, size);
    if (this.limit === null || size <= this.limit) return;
    this.#of.tooLarge.messages++;
    this.#of.tooLarge.bytes += size;
  }

  #addDate(instant: number | undefined): void {
    // A zone that is misread and a clock that is a little ahead are no matter.
    if (instant === undefined || instant < 0 || instant > this.options.now + DAY) this.#of.misdated++;
    if (instant === undefined) return;
    this.#oldest = Math.min(this.#oldest ?? instant, instant);
    this.#newest = Math.max(this.#newest ?? instant, instant);
    const day = Math.floor(instant / DAY) * DAY;
    this.days.set(day, (this.days.get(day) ?? 0) + 1);
  }
}

/** The day with most messages; the earlier of two. */
export function busiestOf(days: Days): { readonly day: number; readonly messages: number } | null {
  let busiest: { day: number; messages: number } | null = null;
  for (const [day, messages] of [...days].sort(([a], [b]) => a - b)) {
    if (busiest === null || messages > busiest.messages) busiest = { day, messages };
  }
  return busiest;
}
