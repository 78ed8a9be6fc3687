import type { Literal } from '../imap/response-reader.js';

/** What in a message a server may change without a word, so that it is read back whole. */
export interface Oddities {
  readonly nul: boolean;
  /** Bytes over 127 in the headers: Cyrus writes `X` for each, and the size stays the same. */
  readonly eightBitHeader: boolean;
}

const LF = 10;
const CR = 13;

/** Looks once through a message. Bare line feeds need no look: they change the size. */
export function inspect(body: Literal): Oddities {
  return { nul: body.slices.some((slice) => slice.includes(0)), eightBitHeader: hasEightBitHeader(body.slices) };
}

function hasEightBitHeader(slices: readonly Buffer[]): boolean {
  let atLineStart = true;
  for (const slice of slices) {
    for (let i = 0; i < slice.length; i++) {
      const byte = slice[i]!;
      if (byte > 127) return true;
      if (byte === LF) {
        if (atLineStart) return false;
        atLineStart = true;
      } else if (byte !== CR) {
        atLineStart = false;
      }
    }
  }
  return false;
}
