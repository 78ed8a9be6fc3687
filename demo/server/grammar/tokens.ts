import { BadCommand } from './bad-command.js';

/** One argument of a command (RFC 3501 section 9). */
export type Arg =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Arg[] };

/** A part of a command line, and the literal that followed it. */
export interface Piece {
  readonly text: string;
  readonly literal: Buffer | null;
}

/** `sections`: an atom includes `[...]` with everything in it, as in BODY[HEADER.FIELDS (SUBJECT)]. */
export type AtomStyle = 'plain' | 'sections';

/**
 * Splits the arguments of a command.
 * @throws BadCommand on an open quote, or parentheses that do not match
 */
export function tokenize(pieces: readonly Piece[], style: AtomStyle = 'plain'): readonly Arg[] {
  const open: Arg[][] = [[]];
  for (const { text, literal } of pieces) {
    let at = 0;
    while (at < text.length) {
      const char = text[at]!;
      if (char === ' ') at += 1;
      else if (char === '(') {
        open.push([]);
        at += 1;
      } else if (char === ')') {
        const items = open.pop()!;
        if (open.length === 0) throw new BadCommand("Unexpected ')'");
        open.at(-1)!.push({ kind: 'list', items });
        at += 1;
      } else {
        const end = char === '"' ? endOfQuoted(text, at) : endOfAtom(text, at, style);
        const word = text.slice(at, end);
        open.at(-1)!.push(char === '"' ? { kind: 'string', text: unquoted(word) } : { kind: 'atom', text: word });
        at = end;
      }
    }
    if (literal) open.at(-1)!.push({ kind: 'string', text: literal.toString('utf8') });
  }
  if (open.length !== 1) throw new BadCommand("Missing ')'");
  return open[0]!;
}

function endOfQuoted(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  throw new BadCommand("Missing '\"'");
}

function unquoted(word: string): string {
  return word.slice(1, -1).replace(/\\(.)/g, '$1');
}

function endOfAtom(text: string, from: number, style: AtomStyle): number {
  let at = from;
  let depth = 0;
  for (; at < text.length; at += 1) {
    const char = text[at]!;
    if (style === 'sections' && char === '[') depth += 1;
    else if (style === 'sections' && char === ']') depth -= 1;
    else if (depth <= 0 && (char === ' ' || char === '(' || char === ')' || char === '"')) break;
  }
  if (depth > 0) throw new BadCommand("Missing ']'");
  return at;
}

/** The text of an atom or string. @throws BadCommand when it is missing or a list */
export function textOf(arg: Arg | undefined, what: string): string {
  if (!arg || arg.kind === 'list') throw new BadCommand(`Invalid ${what}`);
  return arg.text;
}

/** The texts of a list, or of a single atom in its place. @throws BadCommand */
export function textsOf(arg: Arg | undefined, what: string): readonly string[] {
  if (!arg) throw new BadCommand(`Missing ${what}`);
  return arg.kind === 'list' ? arg.items.map((item) => textOf(item, what)) : [arg.text];
}

/** @throws BadCommand when there are more arguments than the command has */
export function atMost(args: readonly Arg[], count: number): void {
  if (args.length > count) throw new BadCommand('Too many arguments');
}
