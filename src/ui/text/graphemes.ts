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
  return (WIDTHS[code] ?? 0) as 0 | 1 | 2;
}

/** Code units on which terminals agree: from, to, cells of each. A later row counts before an earlier one. */
const AGREED: readonly (readonly [from: number, to: number, width: 0 | 1 | 2])[] = [
  // ASCII and Latin, without the soft hyphen.
  [0x20, 0x7e, 1],
  [0xa1, 0x2ff, 1],
  [0xad, 0xad, 0],
  // Greek, without the places that Unicode assigns to nothing and the middle dot; Cyrillic, without combining marks.
  [0x386, 0x3ff, 1],
  [0x387, 0x387, 0],
  [0x38b, 0x38b, 0],
  [0x38d, 0x38d, 0],
  [0x3a2, 0x3a2, 0],
  [0x400, 0x52f, 1],
  [0x483, 0x489, 0],
  // Dashes, quotes, per mille, angle quotes, the euro and arrows.
  [0x2010, 0x2027, 1],
  [0x2030, 0x2030, 1],
  [0x2039, 0x203a, 1],
  [0x20ac, 0x20ac, 1],
  [0x2190, 0x2193, 1],
  // Box drawing, blocks, and the geometric shapes of the glyph table.
  [0x2500, 0x259f, 1],
  [0x25b2, 0x25b2, 1],
  [0x25b8, 0x25b8, 1],
  [0x25bc, 0x25bc, 1],
  [0x25cb, 0x25cb, 1],
  [0x25cf, 0x25cf, 1],
  [0x2713, 0x2713, 1],
  [0x2717, 0x2717, 1],
  // Japanese, Chinese and Korean, their punctuation, and full-width forms.
  [0x3001, 0x3002, 2],
  [0x3008, 0x3011, 2],
  [0x3041, 0x3096, 2],
  [0x30a1, 0x30ff, 2],
  [0x4e00, 0x9fef, 2],
  [0xac00, 0xd7a3, 2],
  [0xff01, 0xff60, 2],
];

/** The width of each code unit: it is looked up for every cell of a frame. */
const WIDTHS = new Uint8Array(0x1_0000);
for (const [from, to, width] of AGREED) WIDTHS.fill(width, from, to + 1);
