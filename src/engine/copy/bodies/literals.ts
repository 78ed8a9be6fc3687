import type { Literal } from '../../imap/grammar/response-reader.js';

/** Bytes of a literal from a place on, in one buffer. */
export function bytesFrom({ slices }: Literal, from: number): Buffer {
  const rest: Buffer[] = [];
  let skip = from;
  for (const slice of slices) {
    if (skip < slice.length) rest.push(slice.subarray(skip));
    skip = Math.max(0, skip - slice.length);
  }
  return Buffer.concat(rest);
}

/** Whether two literals hold the same bytes, wherever they were cut. */
export function isSame(a: Literal, b: Literal): boolean {
  return a.length === b.length && bytesFrom(a, 0).equals(bytesFrom(b, 0));
}

export function join(parts: readonly Literal[]): Literal {
  return {
    slices: parts.flatMap(({ slices }) => slices),
    length: parts.reduce((sum, { length }) => sum + length, 0),
  };
}

/** The same lines, each ended by CRLF (RFC 5322 section 2.3). */
export function withCrlf(literal: Literal): Literal {
  const lines = bytesFrom(literal, 0)
    .toString('latin1')
    .replace(/(?<!\r)\n/g, '\r\n');
  const bytes = Buffer.from(lines, 'latin1');
  return { slices: [bytes], length: bytes.length };
}
