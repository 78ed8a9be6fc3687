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
  let i = 0;
  const upTo = (end: string): string => {
    const close = text.indexOf(end, i + 1);
    if (close === -1) throw new BadInput(`${option}: a quote is not closed`);
    const inner = text.slice(i + 1, close);
    i = close;
    return inner;
  };
  for (; i < text.length; i += 1) {
    const char = text[i] as string;
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "'") {
      word = (word ?? '') + upTo("'");
    } else if (char === '"') {
      const [inner, end] = doubleQuoted(text, i + 1, option);
      word = (word ?? '') + inner;
      i = end;
    } else if (char === '\\') {
      i += 1;
      if (i >= text.length) throw new BadInput(`${option}: it ends in a backslash`);
      word = (word ?? '') + text[i];
    } else {
      if ('|&;<>()$`'.includes(char)) throw new BadInput(noShell(option, char));
      word = (word ?? '') + char;
    }
  }
  if (word !== null) words.push(word);
  if (!words[0]) throw new BadInput(`${option}: a command is expected`);
  if (text.includes('\0')) throw new BadInput(`${option}: it holds a NUL character`);
  return words;
}

function doubleQuoted(text: string, start: number, option: string): [inner: string, end: number] {
  let inner = '';
  for (let i = start; i < text.length; i += 1) {
    const char = text[i] as string;
    const next = text[i + 1];
    if (char === '"') return [inner, i];
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
