import type { Literal } from './response-reader.js';

/** Part of a command: text (one character a byte), or a literal. */
export type Piece = string | OutgoingLiteral;

export interface OutgoingLiteral extends Literal {
  /** literal8 `~{n}` (RFC 3516, RFC 9051): the body holds NUL and the server has BINARY. */
  readonly binary: boolean;
}

/** How this server takes literals: RFC 7888 LITERAL+, LITERAL- (up to 4096 bytes), or with a wait for `+`. */
export type LiteralWay = 'plus' | 'minus' | 'sync';

const LITERAL_MINUS_LIMIT = 4096;

/** Whether the client must wait for `+` before it sends the literal's bytes. */
export function waits(way: LiteralWay, length: number): boolean {
  return way === 'sync' || (way === 'minus' && length > LITERAL_MINUS_LIMIT);
}

/**
 * Characters that make a name a literal. A quote or a backslash could be quoted, but servers that do not unescape would
 * look for another name.
 */
const NEEDS_LITERAL = /[^\x20-\x7e]|[\\"]/;

/** An astring: quoted where every server reads that alike, else a literal (RFC 9051 section 4.3). */
export function astring(text: string): Piece {
  if (!NEEDS_LITERAL.test(text)) return `"${text}"`;
  const bytes = Buffer.from(text, 'latin1');
  return { slices: [bytes], length: bytes.length, binary: false };
}

/** Bytes of a slice of a command. Commands are written in slices, so that progress and back-pressure are seen. */
export const SLICE = 256 * 1024;

/** A step of writing a command: a buffer, or `wait` where the client waits for `+`. */
export type Step = Buffer | 'wait';

/** Lays a command out as buffers. Small texts are joined; bodies are not copied. */
export function* layOut(tag: string, pieces: readonly Piece[], way: LiteralWay): Generator<Step> {
  let text = `${tag} `;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const wait = waits(way, piece.length);
    yield Buffer.from(`${text}${piece.binary ? '~' : ''}{${piece.length}${wait ? '' : '+'}}\r\n`, 'latin1');
    text = '';
    if (wait) yield 'wait';
    for (const slice of piece.slices) {
      for (let at = 0; at < slice.length; at += SLICE) yield slice.subarray(at, at + SLICE);
    }
  }
  yield Buffer.from(`${text}\r\n`, 'latin1');
}
