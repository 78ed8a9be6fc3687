import type { Literal } from '../../imap/grammar/response-reader.js';

/** Header fields that tell messages apart, by the byte that they begin with. */
const TELLING: ReadonlyMap<number, string> = new Map(
  ['message-id', 'date', 'subject', 'from'].map((name) => [name.charCodeAt(0), name]),
);

/** Bytes of a message in which its header is looked for. */
const LONGEST_HEAD = 64 * 1024;

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const X = 88;
const HIGH = 0x80;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * 32 bits of Message-ID, Date, Subject and From: equal for a message and for these fields alone, in whatever order a
 * server gives them. White space does not count, nor in what way a byte over 127 is written: servers change both.
 * 0 where there is none of these fields.
 */
export function identityOf({ slices }: Literal): number {
  const bytes = head(slices);
  let identity = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] === LF || bytes[at] === CR) break;
    const end = fieldEnd(bytes, at);
    const name = TELLING.get(lower(bytes[at]!));
    if (name !== undefined && beginsWith(bytes, at, name)) identity = (identity + hash(bytes, at, end)) >>> 0;
    at = end;
  }
  return identity;
}

function head(slices: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0)] = slices;
  if (slices.length < 2 || first.includes('\r\n\r\n')) return first;
  const some: Buffer[] = [];
  let length = 0;
  for (const slice of slices) {
    if (length >= LONGEST_HEAD) break;
    some.push(slice);
    length += slice.length;
  }
  return Buffer.concat(some);
}

/** Offset behind the field that begins at `at`, with the lines that it is folded over. */
function fieldEnd(bytes: Buffer, at: number): number {
  for (let from = at; ; ) {
    const lineFeed = bytes.indexOf(LF, from);
    if (lineFeed < 0) return bytes.length;
    from = lineFeed + 1;
    if (bytes[from] !== SPACE && bytes[from] !== TAB) return from;
  }
}

/** @param name  in lower case */
function beginsWith(bytes: Buffer, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (lower(bytes[at + i]!) !== name.charCodeAt(i)) return false;
  let behind = at + name.length;
  while (bytes[behind] === SPACE || bytes[behind] === TAB) behind++;
  return bytes[behind] === COLON;
}

function hash(bytes: Buffer, from: number, to: number): number {
  let sum = FNV_OFFSET;
  let at = from;
  for (; bytes[at] !== COLON; at++) {
    const byte = bytes[at]!;
    if (byte > SPACE) sum = Math.imul(sum ^ lower(byte), FNV_PRIME);
  }
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === SPACE || byte === TAB || byte === CR || byte === LF) continue;
    sum = Math.imul(sum ^ (byte >= HIGH || byte === 0 ? X : byte), FNV_PRIME);
  }
  return sum >>> 0;
}

const lower = (byte: number) => (byte >= 65 && byte <= 90 ? byte + 32 : byte);
