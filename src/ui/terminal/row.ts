import { graphemes, knownWidth } from '../text/graphemes.js';
import { changePen, type Pen, PLAIN } from './pen.js';

/** One line of the screen in cells. The second cell of a wide character is ''. */
export interface Row {
  /** The text it was read from: equal sources are equal rows. */
  readonly source: string;
  readonly chars: readonly string[];
  readonly pens: readonly Pen[];
  /** The pages that cells lead to (OSC 8), by the cell. */
  readonly links: ReadonlyMap<number, string>;
  /** Cells up to the last one that is not blank. */
  readonly used: number;
  /** Whether terminals agree on the width of everything in it. */
  readonly certain: boolean;
}

export const EMPTY_ROW: Row = { source: '', chars: [], pens: [], links: new Map(), used: 0, certain: true };

const LINK = /\u001b\]8;[^;\u0007\u001b]*;([^\u0007\u001b]*)(?:\u0007|\u001b\\)/y;
const SGR = /\u001b\[([\d;:]*)m/y;
/** Anything else that begins with ESC or a C1 control has no place in a frame: left out whole. */
const SEQUENCE = /\u001b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.?)/y;

export interface RowOptions {
  /** Cells; what goes beyond is cut. */
  readonly width: number;
  readonly charset: 'unicode' | 'ascii';
  /** `hidden`: the terminal may not know OSC 8. */
  readonly links: 'shown' | 'hidden';
}

/** Signs of our own texts that have a twin; anything else that is not ASCII is a question mark. */
const ASCII_TWINS: Readonly<Record<string, string>> = { '\u2026': '~', '\u201c': '"', '\u201d': '"', '\u2019': "'" };

/** Reads a line of text with SGR sequences, as Ink prints it. */
export function readRow(source: string, { width, charset, links: linked }: RowOptions): Row {
  if (source === '') return EMPTY_ROW;
  const chars: string[] = [];
  const pens: Pen[] = [];
  const links = new Map<number, string>();
  let link = '';
  let pen = PLAIN;
  let certain = true;
  let at = 0;
  const put = (text: string, wide: number): void => {
    if (chars.length + wide > width) return;
    if (charset === 'ascii' && text > '~') for (let i = 0; i < wide; i++) put(ASCII_TWINS[text] ?? '?', 1);
    else {
      if (link !== '') for (let i = 0; i < wide; i++) links.set(chars.length + i, link);
      chars.push(text);
      pens.push(pen);
      for (let i = 1; i < wide; i++) {
        chars.push('');
        pens.push(pen);
      }
    }
  };
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (code === 0x1b) {
      SGR.lastIndex = at;
      const sgr = SGR.exec(source);
      if (sgr) pen = changePen(pen, sgr[1] ?? '');
      LINK.lastIndex = at;
      const page = LINK.exec(source);
      if (page && linked === 'shown') link = page[1] ?? '';
      SEQUENCE.lastIndex = at;
      at += sgr ? sgr[0].length : (SEQUENCE.exec(source)?.[0].length ?? 1);
      continue;
    }
    const wide = knownWidth(code);
    const next = source.charCodeAt(at + 1);
    // A known character stands alone only where what follows cannot join it.
    if (wide !== 0 && (Number.isNaN(next) || next === 0x1b || knownWidth(next) !== 0)) {
      put(source[at] ?? '', wide);
      at += 1;
      continue;
    }
    const end = endOfUnknown(source, at);
    for (const grapheme of graphemes(source.slice(at, end))) {
      if (grapheme.text.length > 1 || knownWidth(grapheme.text.charCodeAt(0)) === 0) certain &&= charset === 'ascii';
      put(grapheme.text, grapheme.width);
    }
    at = end;
  }
  return { source, chars, pens, links, used: usedOf(chars, pens), certain };
}

/** Where a run of characters ends that must be looked at together. */
function endOfUnknown(source: string, from: number): number {
  let at = from + 1;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (code === 0x1b) break;
    const next = source.charCodeAt(at + 1);
    if (knownWidth(code) !== 0 && (Number.isNaN(next) || next === 0x1b || knownWidth(next) !== 0)) break;
    at += 1;
  }
  return at;
}

function usedOf(chars: readonly string[], pens: readonly Pen[]): number {
  let used = chars.length;
  while (used > 0 && chars[used - 1] === ' ' && pens[used - 1] === PLAIN) used -= 1;
  return used;
}
