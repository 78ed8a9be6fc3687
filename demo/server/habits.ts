/** Changes that real servers make to messages, and refusals. The default changes nothing and refuses little. */
export interface Habits {
  /** Dovecot stores CRLF for a bare LF. */
  readonly bareLf: 'keep' | 'crlf';
  /** Dovecot stores 0x80 for NUL; others refuse (see refuseMessage). */
  readonly nul: 'keep' | 'x80';
  /** Cyrus writes X over 8-bit bytes of the header. */
  readonly eightBitHeaders: 'keep' | 'x';
  /** 31-Feb: Dovecot takes "now", Cyrus counts on into March, strict servers answer BAD. */
  readonly impossibleDates: 'bad' | 'now' | 'roll';
  /** Dovecot refuses a message of no bytes. */
  readonly emptyMessage: 'take' | 'refuse';
  /** Exchange puts headers of its own on top; without CRLF. */
  readonly addHeaders: readonly string[];
  /** Flags that are not kept of a message that is stored, and are kept when they are set afterwards. */
  readonly lostOnAppend: readonly string[];
  /** The code of the NO for a message over the limit. */
  readonly tooBig: 'TOOBIG' | 'LIMIT';
  /** The text of a NO for this message, or null. */
  readonly refuseMessage: (raw: Buffer) => string | null;
}

export const PLAIN_HABITS: Habits = {
  bareLf: 'keep',
  nul: 'keep',
  eightBitHeaders: 'keep',
  impossibleDates: 'bad',
  emptyMessage: 'take',
  addHeaders: [],
  lostOnAppend: [],
  tooBig: 'TOOBIG',
  refuseMessage: () => null,
};

/** Tried on Dovecot 2.3. */
export const DOVECOT_HABITS: Habits = {
  ...PLAIN_HABITS,
  bareLf: 'crlf',
  nul: 'x80',
  impossibleDates: 'now',
  emptyMessage: 'refuse',
  tooBig: 'LIMIT',
};

/** Tried on Cyrus 3.6. */
export const CYRUS_HABITS: Habits = {
  ...PLAIN_HABITS,
  eightBitHeaders: 'x',
  impossibleDates: 'roll',
  refuseMessage: (raw) => {
    if (raw.includes(0)) return 'Message contains NUL characters';
    return hasBareLf(raw) ? 'Message contains bare newlines' : null;
  },
};

const LF = 10;
const CR = 13;

function hasBareLf(raw: Buffer): boolean {
  for (let at = raw.indexOf(LF); at >= 0; at = raw.indexOf(LF, at + 1)) if (raw[at - 1] !== CR) return true;
  return false;
}

/** The bytes that are stored for the bytes that came. */
export function rewritten(raw: Buffer, habits: Habits): Buffer {
  let bytes = raw;
  if (habits.bareLf === 'crlf' && hasBareLf(bytes)) bytes = withCrlf(bytes);
  if (habits.nul === 'x80' && bytes.includes(0)) bytes = Buffer.from(bytes.map((byte) => (byte === 0 ? 0x80 : byte)));
  if (habits.eightBitHeaders === 'x') bytes = withPlainHeader(bytes);
  if (habits.addHeaders.length > 0) {
    bytes = Buffer.concat([Buffer.from(habits.addHeaders.map((line) => `${line}\r\n`).join('')), bytes]);
  }
  return bytes;
}

function withCrlf(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replace(/(?<!\r)\n/g, '\r\n'), 'latin1');
}

function withPlainHeader(raw: Buffer): Buffer {
  const end = headerLength(raw);
  return Buffer.from(raw.map((byte, at) => (at < end && byte >= 0x80 ? 0x58 : byte)));
}

/** Bytes of the header with the empty line that ends it; all of them where there is none. */
export function headerLength(raw: Buffer): number {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  if (raw[0] === LF) return 1;
  if (raw[0] === CR && raw[1] === LF) return 2;
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return crlf + 4;
  return lf >= 0 ? lf + 2 : raw.length;
}
