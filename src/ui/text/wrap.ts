import { shorten } from './fit.js';
import { graphemes, widthOf } from './graphemes.js';

/**
 * A text in lines of at most `width` cells, broken between words; a word that is too long for a line is
 * broken between characters.
 *
 * @param most  lines; the last one ends in an ellipsis when there were more
 */
export function wrap(text: string, width: number, most: number = Number.POSITIVE_INFINITY): string[] {
  if (width <= 0 || most <= 0) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, width))) {
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  const shown = lines.slice(0, most);
  shown[most - 1] = shorten(`${shown[most - 1]} ${lines[most]}`, width);
  return shown;
}

function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  let piece = '';
  let taken = 0;
  for (const { text, width: wide } of graphemes(word)) {
    // A character of two cells has no place in a line of one.
    if (wide > width) continue;
    if (taken + wide > width) {
      found.push(piece);
      piece = '';
      taken = 0;
    }
    piece += text;
    taken += wide;
  }
  return piece === '' ? found : [...found, piece];
}
