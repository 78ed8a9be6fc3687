import { MAX_UID } from '../../../store/uid/uid.js';
import { UidSet } from '../../../store/uid/uid-set.js';

/** Characters of a sequence set. Command lines are kept under 8 KB (RFC 7162 section 4). */
export const LONGEST_SET = 7500;

/**
 * The UIDs that a sequence set names. `*` stands for the largest possible UID.
 *
 * @throws BadInput where the text is no sequence set
 */
export function uidsIn(set: string): UidSet {
  return UidSet.parse(set.replaceAll('*', String(MAX_UID)));
}

/** Writes UIDs as sequence sets for one command each. A range to the largest possible UID ends in `*`. */
export function setsOf(uids: UidSet): string[] {
  return uids.strings(LONGEST_SET).map((set) => set.replace(new RegExp(`\\b${MAX_UID}$`), '*'));
}

/**
 * The most runs of UIDs that are asked for exactly. Above it they are asked for as one range, which brings rows that
 * nobody needs and costs one command.
 */
const MOST_RUNS = 2000;

/**
 * Sequence sets that name all of these UIDs, and, where these are scattered, others between them. Not for an empty set.
 */
export function setsAround(uids: UidSet): string[] {
  return uids.runs > MOST_RUNS ? [`${uids.first}:${uids.last}`] : uids.strings(LONGEST_SET);
}

/** A sequence set, and the UID from which its rows count. */
export interface SetFrom {
  readonly set: string;
  /** `n:*` names the last message even where its UID is under n (RFC 9051 section 6.4.9). */
  readonly from: number;
}

/** Sets that name all UIDs but these: the gaps between them where these are few, and all above. */
export function setsBeside(known: UidSet): SetFrom[] {
  const { last } = known;
  const all = { set: '1:*', from: 1 };
  if (last === undefined) return [all];
  const gaps = UidSet.range(1, last).minus(known);
  if (gaps.runs > MOST_RUNS) return [all];
  return [...gaps.strings(LONGEST_SET).map((set) => ({ set, from: 1 })), { set: `${last + 1}:*`, from: last + 1 }];
}

/** The messages of a command that a server handled before it stopped at its limit. */
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
 * The rest of a set to be asked for, after a server handled only a part of it. Servers work from the highest UID down.
 * Where a server names no UID, or works the other way, the rows that came decide.
 *
 * @returns null where nothing shows how far the server came: the set has to be cut
 */
export function leftAfter(asked: UidSet, { lowest, came }: Handled): UidSet | null {
  const left = asked.clone();
  if (lowest !== null && (came === null || came.first >= lowest)) left.deleteRange(lowest, MAX_UID);
  else if (came) left.deleteRange(came.first, came.last);
  return left.size < asked.size ? left : null;
}

/** Cuts a set in two, the higher UIDs first; null: it is a single UID. */
export function halvesOf(asked: UidSet): readonly [UidSet, UidSet] | null {
  if (asked.size < 2) return null;
  const { first, last } = asked as { readonly first: number; readonly last: number };
  // The cut is by range and not by count: in an open range nobody knows where the messages are.
  const middle = first + Math.floor((last - first) / 2);
  const low = asked.intersect(UidSet.range(first, middle));
  return [asked.minus(low), low];
}

/** The most pieces of a set that are asked for at once. */
const MOST_PIECES = 64;

/**
 * Cuts a set for a server that handles only so many messages at once. A wide range may name few messages: it stays
 * whole, and the server says how far it comes.
 */
export function piecesOf(asked: UidSet, most: number | null): UidSet[] {
  if (most === null || asked.size <= most || asked.size > most * MOST_PIECES) return [asked];
  return [...asked.chunks(most)].reverse();
}
