import { type Fingerprint, fingerprint } from '../copy/message/fingerprint.js';
import type { Desk } from '../imap/commands/desk.js';
import { fetchWhole } from '../imap/commands/fetch.js';
import { isDeletedFlag } from '../imap/grammar/flags.js';

/** A second copy, and the copy that stays. UIDs of one folder of the destination. */
export interface Pair {
  readonly source: number;
  readonly second: number;
  /** The UID that the ledger names; null: it names none. */
  readonly kept: number | null;
}

/** The state of a second copy at this moment. */
export type Proof =
  /** @property exact  SHA-256 of its bytes: by it it is found again */
  | { readonly kind: 'equal'; readonly pair: Pair; readonly exact: string }
  /** Somebody removed it, or marked it as deleted: a quarantine that was broken off may have. */
  | { readonly kind: 'gone'; readonly pair: Pair }
  /** The first copy is gone, or marked as deleted: this one is the only one now. */
  | { readonly kind: 'only copy'; readonly pair: Pair }
  | { readonly kind: 'differs'; readonly pair: Pair };

/** Both copies as they were read; null: it is not there. */
export interface BothCopies {
  readonly second: Copy | null;
  readonly kept: Copy | null;
}

interface Copy {
  readonly print: Fingerprint;
  readonly isDeleted: boolean;
}

/** Whether a second copy may be moved away: only if its content is equal to that of a copy that stays. */
export function proofOf(pair: Pair, { second, kept }: BothCopies): Proof {
  if (second === null || second.isDeleted) return { kind: 'gone', pair };
  if (kept === null || kept.isDeleted) return { kind: 'only copy', pair };
  const { exact, canonical } = second.print;
  const isEqual = exact === kept.print.exact || canonical === kept.print.canonical;
  return isEqual ? { kind: 'equal', pair, exact } : { kind: 'differs', pair };
}

/** Pairs that are read at once: they may be large. */
const AT_ONCE = 4;

/** Reads both copies of each. @throws ConnectionLost, Refused */
export async function prove(desk: Desk, folder: string, pairs: readonly Pair[]): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (let at = 0; at < pairs.length; at += AT_ONCE)
    proofs.push(...(await Promise.all(pairs.slice(at, at + AT_ONCE).map((pair) => proveOne(desk, folder, pair)))));
  return proofs;
}

async function proveOne(desk: Desk, folder: string, pair: Pair): Promise<Proof> {
  const { second, kept } = pair;
  const copies = [read(desk, folder, second), kept === null || kept === second ? null : read(desk, folder, kept)];
  const [there = null, stays = null] = await Promise.all(copies);
  return proofOf(pair, { second: there, kept: stays });
}

async function read(desk: Desk, folder: string, uid: number): Promise<Copy | null> {
  const { fetched } = await fetchWhole(desk, folder, [uid], String(uid));
  const message = fetched[0];
  if (!message) return null;
  return { print: fingerprint(message.body), isDeleted: (message.flags ?? []).some(isDeletedFlag) };
}
