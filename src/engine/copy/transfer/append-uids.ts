import { MAX_UID } from '../../../store/uid/uid.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { AppendUidDoubt } from '../../../words/findings/found.js';
import type { Finding } from '../../responses/finding.js';
import { impossibleAppendUid } from '../findings.js';
import type { Stored } from './append-target.js';

/**
 * The farthest that a UID may be ahead of the last one. UIDs grow in small steps, and a UID this far ahead would put
 * the floor above mail that is still to come.
 */
const FARTHEST_AHEAD = 2 ** 24;

/** Where the UIDs of a destination folder stand, as far as this run knows. */
export interface KnownUids {
  /** The floor when the first APPEND was sent: every UID given since is at or above it. */
  readonly from: number;
  readonly sourceOf: (destination: number) => number | undefined;
  /** The UID is known as another source folder's message. */
  readonly isTaken: (destination: number) => boolean;
  /** `once`: the server answers OK to an equal message, and names the UID of the one that it holds (Gmail). */
  readonly equals: 'each' | 'once';
}

/**
 * Why the UIDs that one APPENDUID named cannot be those of the messages just stored (RFC 4315 section 3).
 *
 * @returns null where nothing speaks against them
 */
function whyImpossible(stored: readonly Stored[], known: KnownUids): AppendUidDoubt | null {
  const named = new Set<number>();
  let highest = known.from - 1;
  for (const { uid, destination } of stored) {
    if (destination === null) continue;
    if (named.has(destination)) return { key: 'twice', uid: destination };
    const other = known.sourceOf(destination);
    if (other !== undefined && other !== uid) return { key: 'named before', uid: destination, before: other, now: uid };
    if (known.isTaken(destination)) return { key: 'of another folder', uid: destination };
    if (destination < known.from) return { key: 'given before', uid: destination };
    if (destination > MAX_UID || destination - highest > FARTHEST_AHEAD)
      return { key: 'far ahead', uid: destination, highest };
    named.add(destination);
    highest = Math.max(highest, destination);
  }
  return null;
}

/**
 * Checks a folder's APPENDUIDs. After the first impossible one none is believed: messages are settled
 * without a UID, and found by reading the folder back.
 */
export class AppendUids {
  readonly #unbelieved = new UidSet();
  /** UIDs that were settled before, and that the impossible answer named again. One of the two answers was wrong. */
  readonly doubted = new UidSet();
  #why: AppendUidDoubt | null = null;

  constructor(private readonly known: KnownUids) {}

  /** Parts an answer into equal messages that the folder holds already, and messages that were stored. */
  apart(answered: readonly Stored[]): { readonly held: readonly Stored[]; readonly stored: readonly Stored[] } {
    if (this.known.equals === 'each') return { held: [], stored: answered };
    const named = new Set<number>();
    const held: Stored[] = [];
    const stored: Stored[] = [];
    for (const one of answered) {
      const other = one.destination === null ? undefined : this.known.sourceOf(one.destination);
      const isHeld = one.destination !== null && (named.has(one.destination) || this.known.isTaken(one.destination));
      if (isHeld || (other !== undefined && other !== one.uid)) held.push(one);
      else stored.push(one);
      if (one.destination !== null) named.add(one.destination);
    }
    return { held, stored };
  }

  /** The UIDs of one answer, in order; null where it names none, or none that is believed. */
  read(stored: readonly Stored[], unreadable: string | null): readonly number[] | null {
    const destinations = stored.flatMap(({ destination }) => destination ?? []);
    if (this.#why === null) {
      const why =
        unreadable === null ? whyImpossible(stored, this.known) : ({ key: 'unreadable', text: unreadable } as const);
      if (why === null) return destinations.length === stored.length ? destinations : null;
      this.#why = why;
      for (const destination of destinations) {
        const other = this.known.sourceOf(destination);
        if (other !== undefined) this.doubted.add(other);
      }
    }
    for (const { uid } of stored) this.#unbelieved.add(uid);
    return null;
  }

  /** The note about impossible APPENDUIDs, once a folder; null: all were possible. */
  get note(): { readonly finding: Finding; readonly uids: UidSet } | null {
    return this.#why === null ? null : { finding: impossibleAppendUid(this.#why), uids: this.#unbelieved };
  }
}
