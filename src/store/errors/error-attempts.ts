import type { UidSet } from '../uid/uid-set.js';
import type { ErrorEntry } from './error-entry.js';

/** The most UIDs of an entry whose own responses are kept. */
const OWN_RESPONSES = 1_000;

/** How often UIDs were tried, for those that were tried at all. */
export type Tried = readonly (readonly [count: number, uids: UidSet])[];

/** Takes UIDs out of an entry, skipped or not. @returns how often each of them had been tried in it */
export function takeOut(entry: ErrorEntry, uids: UidSet): Tried {
  const out: (readonly [number, UidSet])[] = [];
  const going = entry.uids.intersect(uids);
  entry.uids.deleteAll(going);
  const left = entry.skipped.intersect(uids);
  entry.skipped.deleteAll(left);
  going.addAll(left);
  if (going.isEmpty) return out;
  for (const [count, tried] of entry.attempts) {
    const gone = tried.intersect(going);
    if (gone.isEmpty) continue;
    tried.deleteAll(gone);
    if (tried.isEmpty) entry.attempts.delete(count);
    out.push([count, gone]);
  }
  if (going.size < entry.own.size) for (const uid of going) entry.own.delete(uid);
  else for (const uid of entry.own.keys()) if (going.has(uid)) entry.own.delete(uid);
  return out;
}

/** Puts UIDs into an entry, with one try more than before. */
export function putIn(entry: ErrorEntry, uids: UidSet, before: Tried, response: string): void {
  const fresh = uids.clone();
  for (const [, tried] of before) fresh.deleteAll(tried);
  entry.uids.addAll(uids);
  for (const [count, tried] of [[0, fresh] as const, ...before]) {
    if (tried.isEmpty) continue;
    const known = entry.attempts.get(count + 1);
    if (known === undefined) entry.attempts.set(count + 1, tried);
    else known.addAll(tried);
  }
  if (response === entry.sample) return;
  for (const uid of uids) {
    if (entry.own.size >= OWN_RESPONSES) break;
    entry.own.set(uid, response);
  }
}
