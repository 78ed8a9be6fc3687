import { UidSet } from '../../../store/uid/uid-set.js';
import type { FetchRow } from './fetch-row.js';

/** A row that names its message. */
export type NamedRow = FetchRow & { readonly uid: number };

export const isNamed = (row: FetchRow): row is NamedRow => row.uid !== undefined;

/** An item that a command asks of each message, besides its UID. */
export type RowItem = 'flags' | 'internalDate' | 'size' | 'header' | 'body' | 'part' | 'messageId' | 'labels';

/**
 * Puts together the rows in which a server tells of a message, and gives the message on as soon as all that was asked
 * for is there. Only messages that come in pieces are kept. A row that nobody asked for, such as a flag that somebody
 * changed meanwhile, is a piece like any other.
 */
export class RowMerger {
  readonly #pieces = new Map<number, NamedRow>();
  readonly #given = new UidSet();

  constructor(
    private readonly items: readonly RowItem[],
    private readonly onMessage: (row: NamedRow) => void,
  ) {}

  take(row: NamedRow): void {
    const { uid } = row;
    if (this.#given.has(uid)) return;
    const before = this.#pieces.size > 0 ? this.#pieces.get(uid) : undefined;
    const whole = before ? merged(before, row) : row;
    if (this.#lacks(whole)) {
      this.#pieces.set(uid, whole);
      return;
    }
    if (before) this.#pieces.delete(uid);
    this.#give(whole);
  }

  /** UIDs of messages that lack something, in ascending order. */
  get incomplete(): UidSet {
    return UidSet.from(this.#pieces.keys());
  }

  /** UIDs of incomplete messages that have this item. */
  incompleteWith(item: RowItem): UidSet {
    const uids = new UidSet();
    for (const [uid, row] of this.#pieces) if (row[item] !== undefined) uids.add(uid);
    return uids;
  }

  /** Forgets pieces of messages that do not exist. */
  drop(uids: UidSet): void {
    for (const uid of uids) this.#pieces.delete(uid);
  }

  /** Gives messages on as they are, if anything of them came. Items that the server does not say stay undefined. */
  giveAsTheyAre(uids: UidSet): void {
    for (const uid of uids) {
      const row = this.#pieces.get(uid);
      if (!row) continue;
      this.#pieces.delete(uid);
      this.#give(row);
    }
  }

  #give(row: NamedRow): void {
    this.#given.add(row.uid);
    this.onMessage(row);
  }

  #lacks(row: NamedRow): boolean {
    for (const item of this.items) if (row[item] === undefined) return true;
    return false;
  }
}

const MERGED = [
  'number',
  'flags',
  'internalDate',
  'size',
  'modseq',
  'messageId',
  'labels',
  'header',
  'body',
  'part',
  'more',
] as const;

/** The merged row. The later one counts where both have an item, but a body that came is not undone by a later NIL. */
function merged(before: NamedRow, later: NamedRow): NamedRow {
  const row: { -readonly [K in keyof NamedRow]: NamedRow[K] } = { ...before };
  for (const item of MERGED) {
    const value = later[item];
    if (value !== undefined && !(value === null && before[item])) Object.assign(row, { [item]: value });
  }
  return row;
}
