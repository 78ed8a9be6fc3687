import type { Literal } from '../../imap/grammar/response-reader.js';

/** Oddities that one look through a message finds. */
export interface Oddities {
  /**
   * Whether it holds NUL. A server may change NUL and 8-bit headers without a word, so such a message is read back
   * whole.
   */
  readonly nul: boolean;
  /** Bytes over 127 in the headers: Cyrus writes `X` for each, and the size stays the same. */
  readonly eightBitHeader: boolean;
  /** FNV-1a over the header: messages with the same length and hash are most likely one. */
  readonly headHash: number;
}

const LF = 10;
const CR = 13;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Looks once through a message. Bare line feeds need no look: they change the size. */
export function inspect(body: Literal): Oddities {
  return { nul: body.slices.some((slice) => slice.includes(0)), ...inspectHeader(body.slices) };
}

function inspectHeader(slices: readonly Buffer[]): Omit<Oddities, 'nul'> {
  let atLineStart = true;
  let eightBitHeader = false;
  let hash = FNV_OFFSET;
  for (const slice of slices) {
    for (let i = 0; i < slice.length; i++) {
      const byte = slice[i]!;
      hash = Math.imul(hash ^ byte, FNV_PRIME);
      if (byte > 127) eightBitHeader = true;
      if (byte === LF) {
        if (atLineStart) return { eightBitHeader, headHash: hash >>> 0 };
        atLineStart = true;
      } else if (byte !== CR) {
        atLineStart = false;
      }
    }
  }
  return { eightBitHeader, headHash: hash >>> 0 };
}
