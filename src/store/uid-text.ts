import { BadInput } from '../words/bad-input.js';
import { MAX_UID } from './uid.js';

const ZERO = 48;
const NINE = 57;
const COMMA = 44;
const COLON = 58;

/**
 * Reads a sequence set without `*` (RFC 3501, section 9, sequence-set), ranges in the order they are
 * written; `4:2` means `2:4`. The empty text is the empty list, which IMAP has no word for.
 *
 * @returns lo, hi, lo, hi ...
 * @throws BadInput  with one line that quotes the text
 */
export function parseRanges(text: string): Uint32Array {
  const out = new Uint32Array(countRanges(text) * 2);
  if (text === '') return out;
  let at = 0;
  let to = 0;
  const number = (): number => {
    const start = at;
    let value = 0;
    for (; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (char < ZERO || char > NINE) break;
      value = value * 10 + char - ZERO;
      if (value > MAX_UID) throw badSet(text);
    }
    if (at === start || text.charCodeAt(start) === ZERO) throw badSet(text);
    return value;
  };
  for (;;) {
    const first = number();
    let second = first;
    if (text.charCodeAt(at) === COLON) {
      at++;
      second = number();
    }
    out[to++] = Math.min(first, second);
    out[to++] = Math.max(first, second);
    if (at === text.length) return out;
    if (text.charCodeAt(at++) !== COMMA) throw badSet(text);
  }
}

function countRanges(text: string): number {
  if (text === '') return 0;
  let count = 1;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) count++;
  return count;
}

/** One range as IMAP writes it. */
export function formatRange(lo: number, hi: number): string {
  return lo === hi ? String(lo) : `${lo}:${hi}`;
}

function badSet(text: string): BadInput {
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return new BadInput(
    `${JSON.stringify(shown)} is not a set of UIDs: numbers from 1 to ${MAX_UID}, ranges a:b, and commas, as in 1:5,9`,
  );
}
