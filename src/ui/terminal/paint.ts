import { knownWidth } from '../text/graphemes.js';
import { linkTo } from '../text/osc8.js';
import { type Pen, PLAIN, penChange } from './pen.js';
import { EMPTY_ROW, type Row } from './row.js';

/** Rewriting so many unchanged cells costs no more than jumping over them. */
const SHORT_GAP = 4;
/** `ESC [ K` costs three bytes. */
const ERASE_FROM = 4;

/**
 * The least that makes the screen `after` of the screen `before`: VT sequences that every terminal since
 * the VT100 knows. Wrapping is off, so writing into the last cell moves nothing.
 *
 * @param before null when nothing is known of what the screen shows: it is cleared
 */
export function paint(before: readonly Row[] | null, after: readonly Row[], width: number): string {
  const brush = new Brush(before === null ? '\u001b[m\u001b[2J' : '');
  const height = Math.max(before?.length ?? 0, after.length);
  for (let y = 0; y < height; y++) {
    const old = before?.[y] ?? EMPTY_ROW;
    const now = after[y] ?? EMPTY_ROW;
    if (old.source === now.source) continue;
    if (old.certain && now.certain) paintChange(brush, y, old, now, width);
    else paintWhole(brush, y, now);
  }
  return brush.finish();
}

function paintChange(brush: Brush, y: number, old: Row, now: Row, width: number): void {
  const erases = old.used - now.used >= ERASE_FROM;
  const end = Math.min(width, erases ? now.used : Math.max(old.used, now.used));
  let x = 0;
  while (x < end) {
    if (same(old, now, x)) {
      x += 1;
      continue;
    }
    // A wide character changes with its first cell; its second never differs alone.
    brush.go(y, x, now);
    x += brush.put(now, x);
  }
  if (erases) {
    brush.go(y, now.used, now);
    brush.take(PLAIN);
    brush.write('\u001b[K');
  }
}

/**
 * Erased, then written with the place of every character said after one of unsure width: whatever the
 * terminal thinks of an emoji, its neighbours stand where they belong.
 */
function paintWhole(brush: Brush, y: number, row: Row): void {
  brush.jump(y, 0);
  brush.take(PLAIN);
  brush.write('\u001b[2K');
  let x = 0;
  while (x < row.used) {
    brush.jump(y, x);
    x += brush.put(row, x);
  }
}

function same(old: Row, now: Row, x: number): boolean {
  return (
    (old.chars[x] ?? ' ') === (now.chars[x] ?? ' ') &&
    (old.pens[x] ?? PLAIN) === (now.pens[x] ?? PLAIN) &&
    old.links.get(x) === now.links.get(x)
  );
}

/** Writes, and knows where the terminal's cursor is and what it writes with. */
class Brush {
  #x = -1;
  #y = -1;
  #pen: Pen = PLAIN;
  /** The page that what is written leads to; '': none. */
  #link = '';

  constructor(private text: string) {}

  write(text: string): void {
    this.text += text;
  }

  take(pen: Pen): void {
    this.text += penChange(this.#pen, pen);
    this.#pen = pen;
  }

  #lead(link: string): void {
    if (link !== this.#link) this.text += linkTo(link);
    this.#link = link;
  }

  /** @returns cells the character took */
  put(row: Row, x: number): number {
    const char = row.chars[x] ?? ' ';
    this.take(row.pens[x] ?? PLAIN);
    this.#lead(row.links.get(x) ?? '');
    this.text += char;
    const wide = row.chars[x + 1] === '' ? 2 : 1;
    this.#x += wide;
    // Behind a character of unsure width nobody knows where the cursor is.
    if (char.length > 1 || knownWidth(char.charCodeAt(0)) === 0) this.#x = -1;
    return wide;
  }

  /** To a cell of a row that is right up to there. */
  go(y: number, x: number, row: Row): void {
    const gap = x - this.#x;
    if (y === this.#y && this.#x >= 0 && gap > 0 && gap <= SHORT_GAP && this.#canRewrite(row, this.#x, x)) {
      while (this.#x < x) this.put(row, this.#x);
    } else this.jump(y, x);
  }

  jump(y: number, x: number): void {
    if (y === this.#y && x === this.#x) return;
    this.text += this.#shortest(y, x);
    this.#y = y;
    this.#x = x;
  }

  finish(): string {
    this.#lead('');
    this.take(PLAIN);
    return this.text;
  }

  #canRewrite(row: Row, from: number, to: number): boolean {
    for (let x = from; x < to; x++) {
      const char = row.chars[x] ?? ' ';
      // More than two bytes a cell are no gain over a jump.
      if ((row.pens[x] ?? PLAIN) !== this.#pen || char === '' || char > '~' || row.links.has(x)) return false;
    }
    return true;
  }

  /** Lines are painted from left to right and from the top: nothing goes back within one. */
  #shortest(y: number, x: number): string {
    const whole = `\u001b[${y === 0 && x === 0 ? '' : y + 1}${x === 0 ? '' : `;${x + 1}`}H`;
    if (this.#x < 0) return whole;
    const ways = [whole];
    if (y === this.#y && x > this.#x) ways.push(`\u001b[${count(x - this.#x)}C`);
    if (x === this.#x && y > this.#y) ways.push(`\u001b[${count(y - this.#y)}B`);
    return ways.reduce((best, way) => (way.length < best.length ? way : best));
  }
}

/** One is what a sequence means without a number. */
function count(n: number): string {
  return n === 1 ? '' : String(n);
}
