import { BadInput } from '../../words/bad-input.js';
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
  const out = new Uint32Array(mostRanges(text) * 2);
  let to = 0;
  eachRange(text, (first, second) => {
    out[to++] = Math.min(first, second);
    out[to++] = Math.max(first, second);
  });
  return out;
}

/**
 * Counts the UIDs of a sequence set that this program wrote: in ascending order, with ranges as short as possible. It
 * keeps nothing, so it costs a tenth of reading the set.
 *
 * @returns null where it is written in another way
 * @throws BadInput  as {@link parseRanges}
 */
export function measureRanges(text: string): number | null {
  let size = 0;
  let last = -1;
  let plain = true;
  eachRange(text, (first, second, isRange) => {
    if (first <= last + 1 || (isRange && second <= first)) plain = false;
    size += second - first + 1;
    last = second;
  });
  return plain ? size : null;
}

function eachRange(text: string, each: (first: number, second: number, isRange: boolean) => void): void {
  if (text === '') return;
  let start = 0;
  let value = 0;
  let first = 0;
  for (let at = 0; ; at++) {
    const char = at === text.length ? COMMA : text.charCodeAt(at);
    if (char >= ZERO && char <= NINE) {
      value = value * 10 + char - ZERO;
      continue;
    }
    if (at === start || value > MAX_UID || text.charCodeAt(start) === ZERO) throw badSet(text);
    if (char === COLON && first === 0) first = value;
    else if (char === COMMA) {
      each(first === 0 ? value : first, value, first !== 0);
      if (at === text.length) return;
      first = 0;
    } else throw badSet(text);
    start = at + 1;
    value = 0;
  }
}

function mostRanges(text: string): number {
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
