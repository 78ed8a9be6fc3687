import { BadInput } from '../../../words/bad-input.js';

/**
 * Splits a command line into words as a POSIX shell would (quotes and backslashes, XCU 2.2), but never
 * runs one: what only a shell can do is refused rather than passed on as text.
 *
 * @param option  for the message; the command itself is not repeated, it may hold a secret
 */
export function splitWords(text: string, option: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else {
      const piece = pieceAt(text, at, option);
      word = (word ?? '') + piece.text;
      at = piece.end;
    }
  }
  if (word !== null) words.push(word);
  if (!words[0]) throw new BadInput(`${option}: a command is expected`);
  if (text.includes('\0')) throw new BadInput(`${option}: it holds a NUL character`);
  return words;
}

/** A piece of a word without its quotes, and where the text behind it begins. */
interface Piece {
  readonly text: string;
  readonly end: number;
}

/** A quoted piece, an escaped character, or one character as it is. */
function pieceAt(text: string, at: number, option: string): Piece {
  const char = text[at]!;
  if (char === "'") return singleQuoted(text, at + 1, option);
  if (char === '"') return doubleQuoted(text, at + 1, option);
  if (char === '\\') return escaped(text, at + 1, option);
  if ('|&;<>()$`'.includes(char)) throw new BadInput(noShell(option, char));
  return { text: char, end: at + 1 };
}

function escaped(text: string, at: number, option: string): Piece {
  if (at >= text.length) throw new BadInput(`${option}: it ends in a backslash`);
  return { text: text[at]!, end: at + 1 };
}

function singleQuoted(text: string, start: number, option: string): Piece {
  const close = text.indexOf("'", start);
  if (close === -1) throw new BadInput(`${option}: a quote is not closed`);
  return { text: text.slice(start, close), end: close + 1 };
}

function doubleQuoted(text: string, start: number, option: string): Piece {
  let inner = '';
  for (let i = start; i < text.length; i += 1) {
    const char = text[i]!;
    const next = text[i + 1];
    if (char === '"') return { text: inner, end: i + 1 };
    if ('$`'.includes(char)) throw new BadInput(noShell(option, char));
    if (char === '\\' && next !== undefined && '"\\$`'.includes(next)) {
      inner += next;
      i += 1;
    } else inner += char;
  }
  throw new BadInput(`${option}: a quote is not closed`);
}

function noShell(option: string, char: string): string {
  return `${option}: it is run without a shell, so ${char} has no meaning; quote it, or put the line in a script`;
}
