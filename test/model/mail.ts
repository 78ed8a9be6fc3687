import { repair } from '../../src/engine/copy/message/repair.js';
import type { Literal } from '../../src/engine/imap/grammar/response-reader.js';

/** A message by what tells it apart; two with the same values in all but `date` and `flagged` are equal. */
export interface Mail {
  /** Message-ID; null: it has none. */
  readonly id: number | null;
  readonly body: number;
  readonly size: 0 | 1 | 2;
  readonly date: number;
  readonly flagged: boolean;
  /** It holds a bare line feed: some servers store CRLF for it. */
  readonly bareLf: boolean;
  /** The destination takes it neither in a batch nor alone. */
  readonly refused: boolean;
  /** Of no other message of its source, where it holds NUL and is sent repaired, by order; 0: it is not. */
  readonly mended: number;
}

/** The part of a message that was sent. */
export type Form = 'as-is' | 'repaired';

/** The change that a server makes to a message that it stores. */
export type Rewrite = 'none' | 'line ends' | 'headers';

/** Claimed sizes, so that chunks of at most 1 MB hold one to three messages; the bytes behind them are few. */
const CLAIMED = [300_000, 450_000, 1_100_000] as const;

/** Equal for messages of equal content, whatever a known rewrite made of them. */
export function contentKey({ id, body, size, bareLf, refused, mended }: Mail): string {
  return `${id} ${body} ${size} ${bareLf} ${refused} ${mended}`;
}

const literals = new Map<string, Literal>();

/** The message as bytes. */
export function literalOf(mail: Mail, rewrite: Rewrite, form: Form = 'as-is'): Literal {
  const key = `${contentKey(mail)} ${rewrite} ${form}`;
  let literal = literals.get(key);
  if (!literal) {
    literal = form === 'as-is' ? make(mail, rewrite) : makeRepaired(mail, rewrite);
    literals.set(key, literal);
  }
  return literal;
}

const ADDED = 'X-MS-Exchange-Organization-SCL: -1\r\n';

function makeRepaired(mail: Mail, rewrite: Rewrite): Literal {
  const { slices } = repair(make(mail, 'none')).body;
  const bytes = Buffer.concat([Buffer.from(rewrite === 'headers' ? ADDED : ''), ...slices]);
  return { slices: [bytes], length: bytes.length };
}

function make({ id, body, size, bareLf, refused, mended }: Mail, rewrite: Rewrite): Literal {
  const added = rewrite === 'headers' ? ADDED : '';
  const end = bareLf ? (rewrite === 'line ends' ? 'bare\r\n' : 'bare\n') : 'ends\r\n';
  const text = `${added}${id === null ? '' : `Message-ID: <${id}@model>\r\n`}X-Size: ${size}\r\n\r\n${refused ? 'refused' : 'body'} ${body} ${mended > 0 ? `\0${mended} ` : ''}${end}`;
  const grown = added.length + (bareLf && rewrite === 'line ends' ? 1 : 0);
  return { slices: [Buffer.from(text)], length: CLAIMED[size] + grown };
}

/** The header lines that a scan asks for. */
export function headerOf({ id }: Mail): Literal {
  const key = `header ${id}`;
  let literal = literals.get(key);
  if (!literal) {
    const bytes = Buffer.from(id === null ? '\r\n' : `Message-ID: <${id}@model>\r\n\r\n`);
    literal = { slices: [bytes], length: bytes.length };
    literals.set(key, literal);
  }
  return literal;
}

const START = Date.UTC(2020, 1, 10, 10, 0, 0);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const written = new Map<number, string>();

/** INTERNALDATE number `n`, one a second: `10-Feb-2020 10:00:00 +0000`. */
export function internalDate(n: number): string {
  let text = written.get(n);
  if (text === undefined) {
    const at = new Date(START + n * 1000);
    const two = (value: number) => String(value).padStart(2, '0');
    text = `${two(at.getUTCDate())}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
    written.set(n, text);
  }
  return text;
}
