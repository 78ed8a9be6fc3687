import { type Span, type Spans, span } from './spans.js';
import type { Tone } from './theme.js';
import { wrap } from './wrap.js';

const PAGE = /https?:\/\/[\x21-\x7e]+/g;
/** Signs that end a sentence or a bracket, not a page's address. */
const BEHIND = /[.,;:!?)\]}>'"]+$/;

/**
 * A text in lines, in which each piece of a page's address leads to the whole of it, also where a line ends in its midst.
 *
 * @param width  cells
 * @param most   lines
 */
export function linkedLines(text: string, tone: Tone, width: number, most?: number): readonly Spans[] {
  const pages = [...text.matchAll(PAGE)].map(([page]) => page.replace(BEHIND, ''));
  let [page, rest] = ['', ''];
  return wrap(text, width, most).map((line) => {
    const spans: Span[] = [];
    let at = 0;
    for (;;) {
      if (rest === '') {
        page = pages[0] ?? '';
        const begins = page === '' ? -1 : line.indexOf(page.slice(0, 'https://'.length), at);
        if (begins < 0) break;
        pages.shift();
        spans.push(...plain(tone, line.slice(at, begins)));
        [rest, at] = [page, begins];
      }
      const piece = line.slice(at, at + rest.length);
      // The end was cut.
      if (!rest.startsWith(piece)) rest = '';
      else {
        spans.push({ tone, text: piece, link: page });
        rest = rest.slice(piece.length);
        at += piece.length;
      }
      if (rest !== '' || at >= line.length) break;
    }
    return [...spans, ...plain(tone, line.slice(at))];
  });
}

const plain = (tone: Tone, text: string): Spans => (text === '' ? [] : [span(tone, text)]);
