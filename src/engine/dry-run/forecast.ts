import type { Side } from '../../words/side.js';
import type { FolderLeftOut } from '../copy/map/folder-map.js';
import type { Limit } from '../copy/prepare/append-limit.js';

export interface Amount {
  readonly messages: number;
  readonly bytes: number;
}

/** The messages of a folder, by what a run would do with them. */
export interface FolderCount {
  /** Messages at the source. */
  readonly messages: number;
  readonly toCopy: Amount;
  /** Larger than the destination takes, or than `--max-size`. They would be listed as failures. */
  readonly tooBig: Amount;
  /** Messages marked \Deleted, among those to be copied; with `--deleted skip`, those left out. */
  readonly deleted: number;
  /** Settled by earlier runs of the batch. */
  readonly settled: number;
  /** Left out by an operator's decision. */
  readonly skipped: number;
  /** Left out because they are of other days than those that are copied. */
  readonly outside: number;
}

/** A run's work on one folder, by both servers' word at this moment. */
export interface FolderForecast extends FolderCount {
  readonly source: string;
  readonly destination: string;
  /** The destination does not have it yet, and is asked to make it. */
  readonly isNew: boolean;
  /** Messages that another folder brings, where folders are labels; no part of `messages`. */
  readonly carried: Amount;
  /**
   * Messages that the destination holds in it; null: not told. Where no earlier run knows of them, equal ones are
   * recognised by a real run and not copied again, so that `toCopy` is the most that can come.
   */
  readonly there: number | null;
}

/** A folder that could not be looked into. */
export interface FolderRefusal {
  /** Sanitised; null: the whole list. */
  readonly folder: string | null;
  readonly side: Side;
  /** Sanitised. */
  readonly response: string;
}

export interface MailboxForecast {
  readonly folders: readonly FolderForecast[];
  readonly leftOut: readonly FolderLeftOut[];
  /** Warnings about the mapping, in an operator's words. */
  readonly warnings: readonly string[];
  readonly refused: readonly FolderRefusal[];
  /** Bytes that a message may have, and who says so; null: nobody. */
  readonly limit: Limit | null;
}

/** Sums the amounts of all folders. */
export function sumOf(folders: readonly FolderForecast[], what: 'toCopy' | 'tooBig' | 'carried'): Amount {
  return folders.reduce<Amount>(
    (sum, folder) => ({
      messages: sum.messages + folder[what].messages,
      bytes: sum.bytes + folder[what].bytes,
    }),
    { messages: 0, bytes: 0 },
  );
}
