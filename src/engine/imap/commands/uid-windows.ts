import { MAX_UID } from '../../../store/uid/uid.js';
import { UidSet } from '../../../store/uid/uid-set.js';

/** Command lines are kept under 8 KB (RFC 7162 section 4). */
export const LONGEST_SET = 7500;

/**
 * The UIDs that a sequence set names, `*` being the last there can be.
 *
 * @throws BadInput when it is no sequence set
 */
export function uidsIn(set: string): UidSet {
  return UidSet.parse(set.replaceAll('*', String(MAX_UID)));
}

/** Writes UIDs as sequence sets for one command each; a range to the last UID there can be ends in `*`. */
export function setsOf(uids: UidSet): string[] {
  return uids.strings(LONGEST_SET).map((set) => set.replace(new RegExp(`\\b${MAX_UID}$`), '*'));
}

/** More runs than these are asked for as one range: it brings rows that nobody needs, and costs one command. */
const MOST_RUNS = 2000;

/** Sequence sets that name all of these UIDs, and others between them where they are scattered. Not for an empty set. */
export function setsAround(uids: UidSet): string[] {
  return uids.runs > MOST_RUNS ? [`${uids.first}:${uids.last}`] : uids.strings(LONGEST_SET);
}

/** A sequence set, and the UID under which rows of it are not meant. */
export interface SetFrom {
  readonly set: string;
  /** `n:*` names the last message even where its UID is under n (RFC 9051 section 6.4.9). */
  readonly from: number;
}

/** Sets that name all UIDs but these: the gaps between them where those are few, and all above. */
export function setsBeside(known: UidSet): SetFrom[] {
  const { last } = known;
  const all = { set: '1:*', from: 1 };
  if (last === undefined) return [all];
  const gaps = UidSet.range(1, last).minus(known);
  if (gaps.runs > MOST_RUNS) return [all];
  return [...gaps.strings(LONGEST_SET).map((set) => ({ set, from: 1 })), { set: `${last + 1}:*`, from: last + 1 }];
}

/** Messages that a server handled of a command, before it said that these were all it would handle at once. */
export interface Handled {
  /** The UID that MESSAGELIMIT names: the lowest one handled (RFC 9738 section 3.1); null: it names none. */
  readonly lowest: number | null;
  /** The lowest and the highest UID of the rows that came; null: none came. */
  readonly came: { readonly first: number; readonly last: number } | null;
}

/** The lowest and the highest of many UIDs. */
export class UidSpan {
  #first = Number.POSITIVE_INFINITY;
  #last = 0;

  add(uid: number): void {
    if (uid < this.#first) this.#first = uid;
    if (uid > this.#last) this.#last = uid;
  }

  addAll(uids: UidSet): void {
    if (uids.isEmpty) return;
    this.add(uids.first!);
    this.add(uids.last!);
  }

  /** Null where there was none. */
  get ends(): { readonly first: number; readonly last: number } | null {
    return this.#last === 0 ? null : { first: this.#first, last: this.#last };
  }
}

/**
 * The rest of a set to ask for, after a server handled only a part of it. Servers work from the
 * highest UID down. For a server that names no UID, or works the other way, the rows that came decide.
 *
 * @returns null where nothing shows how far the server came: the set has to be cut
 */
export function leftAfter(asked: UidSet, { lowest, came }: Handled): UidSet | null {
  const left = asked.clone();
  if (lowest !== null && (came === null || came.first >= lowest)) left.deleteRange(lowest, MAX_UID);
  else if (came) left.deleteRange(came.first, came.last);
  return left.size < asked.size ? left : null;
}

/** Cuts a set in two, the higher UIDs first; null where it is one UID alone. */
export function halvesOf(asked: UidSet): readonly [UidSet, UidSet] | null {
  if (asked.size < 2) return null;
  const { first, last } = asked as { readonly first: number; readonly last: number };
  // By range and not by count: of an open range nobody knows where in it the messages are.
  const middle = first + Math.floor((last - first) / 2);
  const low = asked.intersect(UidSet.range(first, middle));
  return [asked.minus(low), low];
}

/** Pieces of a set that are asked for at once. */
const MOST_PIECES = 64;

/**
 * Cuts a set for a server that handles at most so many messages at once. Of a wide range few UIDs may be those of
 * messages: it stays as it is, and the server says how far it comes.
 */
export function piecesOf(asked: UidSet, most: number | null): UidSet[] {
  if (most === null || asked.size <= most || asked.size > most * MOST_PIECES) return [asked];
  return [...asked.chunks(most)].reverse();
}
