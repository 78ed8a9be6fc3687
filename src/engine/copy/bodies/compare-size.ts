import type { Literal } from '../../imap/grammar/response-reader.js';

/**
 * How a body's length stands to RFC822.SIZE.
 *
 * `line ends`: the server counts LF where it sends CRLF, or the other way round; all of the body is there.
 */
export type SizeComparison = 'not listed' | 'agrees' | 'line ends' | 'shorter' | 'longer';

const LF = 10;
const CR = 13;

/** @param listed RFC822.SIZE in bytes; 0 where the server gave none */
export function compareSize(listed: number, body: Literal): SizeComparison {
  if (listed === 0) return 'not listed';
  if (listed === body.length) return 'agrees';
  const { crlf, bare } = countLineEnds(body.slices);
  if (listed === body.length - crlf || listed === body.length + bare) return 'line ends';
  return body.length < listed ? 'shorter' : 'longer';
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
