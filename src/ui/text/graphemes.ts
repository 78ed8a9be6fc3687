import stringWidth from 'string-width';

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters that move the cursor, end a line or start a sequence: C0, DEL, C1, line and paragraph separators. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Nothing but characters that are one code unit, one cell and never part of a longer one: ASCII, Latin
 * letters, dashes, arrows, box drawing, blocks and the signs of the glyph table. Almost every line of a screen
 * is of these, and cutting it with a segmenter takes thirty times as long.
 */
const PLAIN =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u259f\u25b2\u25b8\u25bc\u25cb\u25cf\u2713\u2717]*$/;

/** One character as a reader sees it, and how many cells it takes: 1 or 2, never 0. */
export interface Grapheme {
  readonly text: string;
  readonly width: number;
}

/**
 * A text in characters as a reader sees them. What takes no cell of its own (zero-width and bidi controls,
 * a combining mark without its letter) is left out, and a control character becomes `?`: no text that went
 * through here can move the cursor or reorder its neighbours.
 */
export function graphemes(text: string): Grapheme[] {
  if (PLAIN.test(text)) return Array.from(text, (char) => ({ text: char, width: 1 }));
  let clean = text.replace(BIDI, '');
  for (;;) {
    const found: Grapheme[] = [];
    let length = 0;
    for (const { segment } of SEGMENTER.segment(clean)) {
      const one = CONTROL.test(segment) ? { text: '?', width: 1 } : { text: segment, width: widthOfGrapheme(segment) };
      if (one.width === 0) continue;
      found.push(one);
      length += segment.length;
    }
    if (length === clean.length) return found;
    // Characters that stood apart are neighbours now, and may be one: an emoji, a joiner, an emoji.
    clean = found.map((one) => one.text).join('');
  }
}

/** A text as it is, in what a reader sees as characters; zero-width ones included. */
export function charactersOf(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

/** A text as {@link graphemes} leaves it. */
export function harmless(text: string): string {
  if (PLAIN.test(text)) return text;
  let clean = '';
  for (const grapheme of graphemes(text)) clean += grapheme.text;
  return clean;
}

/** Reorders what follows in a terminal that knows bidi. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Cells that a text takes once it went through {@link graphemes}. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += grapheme.width;
  return width;
}

/** Cells of one grapheme; the same table as Ink's, so that both agree on where the next one stands. */
function widthOfGrapheme(grapheme: string): number {
  if (grapheme.length === 1) {
    const known = knownWidth(grapheme.charCodeAt(0));
    if (known !== 0) return known;
  }
  return stringWidth(grapheme);
}

/**
 * Width of a code unit on which terminals agree, 0 where they may not. Terminals disagree on emoji, combining
 * marks, Indic and Arabic letters, and everything beyond the BMP: a line that holds one of these is
 * rewritten whole.
 */
export function knownWidth(code: number): 0 | 1 | 2 {
  if (code < 0x20) return 0;
  if (code < 0x7f) return 1;
  if (code < 0xa1) return 0;
  if (code < 0x300) return code === 0xad ? 0 : 1;
  if (code >= 0x386 && code <= 0x3ff) return isAssignedGreek(code) ? 1 : 0;
  if (code >= 0x400 && code <= 0x52f) return code >= 0x483 && code <= 0x489 ? 0 : 1;
  if (code >= 0x2010 && code <= 0x2027) return 1;
  if (code === 0x2030 || code === 0x2039 || code === 0x203a || code === 0x20ac) return 1;
  if (code >= 0x2190 && code <= 0x2193) return 1;
  // Box drawing, blocks, and the geometric shapes of the glyph table.
  if (code >= 0x2500 && code <= 0x259f) return 1;
  if (code === 0x25b2 || code === 0x25b8 || code === 0x25bc || code === 0x25cf || code === 0x25cb) return 1;
  if (code === 0x2713 || code === 0x2717) return 1;
  if (code >= 0x3041 && code <= 0x3096) return 2;
  if (code >= 0x30a1 && code <= 0x30ff) return 2;
  if (code === 0x3001 || code === 0x3002 || (code >= 0x3008 && code <= 0x3011)) return 2;
  if (code >= 0x4e00 && code <= 0x9fef) return 2;
  if (code >= 0xac00 && code <= 0xd7a3) return 2;
  if (code >= 0xff01 && code <= 0xff60) return 2;
  return 0;
}

function isAssignedGreek(code: number): boolean {
  return code !== 0x387 && code !== 0x38b && code !== 0x38d && code !== 0x3a2;
}
