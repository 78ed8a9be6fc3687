import type { Candidate, Glimpse } from '../../src/engine/copy/prepare/matching.js';
import type { Literal } from '../../src/engine/imap/grammar/response-reader.js';

/** A message at the destination as a scan shows it. */
export function seen(uid: number, of: Partial<Glimpse> = {}): Glimpse {
  return { uid, size: 10, date: 1000, messageId: 'a@x', ...of };
}

/** A message of the source that it may be. */
export function mine(uid: number, of: Partial<Candidate> = {}): Candidate {
  return { ...seen(uid, of), settled: of.settled ?? false };
}

/** A message in slices of so many bytes, as they come off a wire. */
export function literal(text: string, sliceBytes = Number.POSITIVE_INFINITY): Literal {
  const bytes = Buffer.from(text, 'latin1');
  const slices: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    slices.push(bytes.subarray(at, Math.min(bytes.length, at + sliceBytes)));
  }
  return { slices, length: bytes.length };
}
