import { LITERAL_MARK, type Literal, literalText, type Response } from './response-reader.js';

const MARK = LITERAL_MARK.charCodeAt(0);
const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const OPEN = 40;
const CLOSE = 41;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;

/** How far ahead a pattern may look. A row that holds a message is long. */
const LONGEST_TAKEN = 100;

/** Whether a character parts the items of a row. Some servers use tabs. */
const isBlank = (c: number): boolean => c === SPACE || c === TAB;

/** A response could not be read as IMAP. The row is left out, and the caller notices that it is missing. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Nested values of a parenthesised list: strings, literals, lists; NIL is null. */
export type Value = string | Literal | null | readonly Value[];

/** Reads the parts of one response from left to right (RFC 9051 section 9). */
export class Cursor {
  #literal = 0;
  constructor(
    private readonly response: Response,
    public at = 0,
  ) {}

  get done(): boolean {
    return this.at >= this.response.text.length;
  }

  /** The next character; empty at the end. */
  get ahead(): string {
    return this.response.text.charAt(this.at);
  }

  peek(): number {
    return this.response.text.charCodeAt(this.at);
  }

  skipSpaces(): void {
    while (isBlank(this.peek())) this.at++;
  }

  isOpen(): boolean {
    return this.peek() === OPEN;
  }

  /** Steps over a `(`. */
  open(): void {
    if (this.peek() !== OPEN) throw new Unreadable(`no list at ${this.at}`);
    this.at++;
  }

  /** Steps over the end of a list.  @returns whether the list ends here */
  closed(): boolean {
    this.skipSpaces();
    if (this.done) throw new Unreadable('a list without an end');
    if (this.peek() !== CLOSE) return false;
    this.at++;
    return true;
  }

  /** A run without spaces and parentheses; brackets keep what is inside: `BODY[HEADER.FIELDS (X)]`. */
  atom(): string {
    const { text } = this.response;
    const from = this.at;
    let depth = 0;
    for (; this.at < text.length; this.at++) {
      const c = text.charCodeAt(this.at);
      if (c === OPEN_BRACKET) depth++;
      else if (c === CLOSE_BRACKET) depth--;
      else if (depth <= 0 && (isBlank(c) || c === CLOSE || c === OPEN)) break;
    }
    if (this.at === from) throw new Unreadable(`nothing at ${from}`);
    return text.slice(from, this.at);
  }

  /** A flag, or any other list member that may hold brackets of its own. */
  word(): string {
    const { text } = this.response;
    const from = this.at;
    for (; this.at < text.length; this.at++) {
      const c = text.charCodeAt(this.at);
      if (isBlank(c) || c === CLOSE) break;
    }
    if (this.at === from) throw new Unreadable(`nothing at ${from}`);
    return text.slice(from, this.at);
  }

  /** A flag, also where a server writes it as a string, with its backslash escaped or not. */
  flag(): string {
    if (this.peek() === MARK) return literalText(this.literal());
    if (this.peek() !== QUOTE) return this.word();
    const from = this.at + 1;
    this.quoted();
    return this.response.text.slice(from, this.at - 1).replace(/\\\\/g, '\\');
  }

  /** An astring that is a member of a list: atom, quoted or literal. */
  astring(): string {
    if (this.peek() === QUOTE) return this.quoted();
    return this.peek() === MARK ? literalText(this.literal()) : this.word();
  }

  quoted(): string {
    const { text } = this.response;
    this.at++;
    let from = this.at;
    let out = '';
    for (; this.at < text.length; this.at++) {
      const c = text.charCodeAt(this.at);
      if (c === QUOTE) {
        out += text.slice(from, this.at++);
        return out;
      }
      if (c === BACKSLASH) {
        out += text.slice(from, this.at++);
        from = this.at;
      }
    }
    throw new Unreadable('a string without an end');
  }

  literal(): Literal {
    const literal = this.response.literals[this.#literal++];
    if (this.peek() !== MARK || !literal) throw new Unreadable(`no literal at ${this.at}`);
    this.at++;
    return literal;
  }

  /** Steps over what an anchored pattern matches.  @returns its groups; null: it does not match here, nothing is taken */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.response.text.slice(this.at, this.at + LONGEST_TAKEN));
    if (match) this.at += match[0].length;
    return match;
  }

  /** Any value: string, literal, list, atom; NIL is null. */
  value(depth = 0): Value {
    const c = this.peek();
    if (c === QUOTE) return this.quoted();
    if (c === MARK) return this.literal();
    if (c === OPEN) {
      if (depth > 32) throw new Unreadable('lists nested too deep');
      this.at++;
      const list: Value[] = [];
      while (!this.closed()) list.push(this.value(depth + 1));
      return list;
    }
    const atom = this.atom();
    return atom.toUpperCase() === 'NIL' ? null : atom;
  }

  /** A string in any of its forms (astring, nstring). */
  string(): string | null {
    const value = this.value();
    if (value === null || typeof value === 'string') return value;
    if ('slices' in value) return literalText(value);
    throw new Unreadable('a list where a string should be');
  }
}
