import type { Literal } from '../../imap/grammar/response-reader.js';
import { bytesFrom } from './literals.js';

/**
 * How a body's length stands to RFC822.SIZE.
 *
 * `line ends`: the server counts LF where it sends CRLF; all of the body is there. `bare line ends`: it counts CRLF
 * where it sends LF. `padded`: longer by nothing but filling.
 */
export type SizeComparison = 'not listed' | 'agrees' | 'line ends' | 'bare line ends' | 'shorter' | 'longer' | 'padded';

const NUL = 0;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
/** Bytes of a line end. Servers put one at the end of a message that has none, and that is no filling. */
const LINE_END = 2;

/** Whether the lengths differ by more than line ends explain. */
export function isAnother(comparison: SizeComparison): boolean {
  return comparison === 'shorter' || comparison === 'longer' || comparison === 'padded';
}

/** @param listed RFC822.SIZE in bytes; 0 where the server gave none */
export function compareSize(listed: number, body: Literal): SizeComparison {
  if (listed === 0) return 'not listed';
  if (listed === body.length) return 'agrees';
  const { crlf, bare } = countLineEnds(body.slices);
  if (listed === body.length - crlf) return 'line ends';
  if (listed === body.length + bare) return 'bare line ends';
  if (body.length < listed) return 'shorter';
  return body.length > listed + LINE_END && isFilling(bytesFrom(body, listed)) ? 'padded' : 'longer';
}

/** Blanks and line ends, or one byte again and again. */
function isFilling(bytes: Buffer): boolean {
  const isBlank = (byte: number) => [NUL, TAB, LF, CR, SPACE].includes(byte);
  return bytes.every(isBlank) || bytes.every((byte) => byte === bytes[0]);
}

function countLineEnds(slices: readonly Buffer[]): { readonly crlf: number; readonly bare: number } {
  let crlf = 0;
  let bare = 0;
  let last = 0;
  for (const slice of slices) {
    for (let at = slice.indexOf(LF); at >= 0; at = slice.indexOf(LF, at + 1)) {
      if ((at > 0 ? slice[at - 1] : last) === CR) crlf++;
      else bare++;
    }
    if (slice.length > 0) last = slice[slice.length - 1]!;
  }
  return { crlf, bare };
}
