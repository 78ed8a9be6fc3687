import { OversizedResponse } from '../connection/oversized-response.js';

/**
 * Cuts a server's byte stream into responses. Literals stay the buffers they arrived in: nothing
 * is copied, a 60 MB message is a list of slices.
 */

/** Marks a literal in a response's text. Bytes are read as Latin-1, so no byte can be this character. */
export const LITERAL_MARK = '\u0100';

/** One response: its text with a mark for each literal, and the literals in order. */
export interface Response {
  readonly text: string;
  readonly literals: readonly Literal[];
}

/** A literal's bytes, in the slices they arrived in. */
export interface Literal {
  readonly slices: readonly Buffer[];
  readonly length: number;
}

/** A literal that begins. None of its bytes has come yet. */
export interface Announced {
  /** The text of the response before the literal. */
  readonly text: string;
  readonly bytes: number;
  /** Bytes of the literal and of all literals before it in the same response. */
  readonly sum: number;
}

/** The longest line. A longer one is no IMAP, and the connection is dropped before it fills the memory. */
const LONGEST_TEXT = 16 * 1024 * 1024;
/** The longest literal. RFC 3501 literals are 32-bit, and IMAP servers keep no message over 2 GB. */
const LONGEST_LITERAL = 2 ** 31;
/** The most literals of one response: a body, a header, an envelope. */
const MOST_LITERALS = 1000;
/**
 * Responses that end in free text, which may end in `{5}`: status responses and continuations (RFC 9051 section 7.1).
 */
const FREE_TEXT = /^(?:\* (?:OK|NO|BAD|BYE|PREAUTH)\b|\+|[^*+ ]+ (?:OK|NO|BAD)\b)/i;
const LITERAL_AT_END = /~?\{(\d{1,10})\+?\}$/;
/** Bytes at the end of a literal that breaks off. The answer that it swallowed is looked for there. */
const LAST_BYTES = 512;
const LAST_SLICES = 16;
/** The largest slice that is joined with those before it, in bytes, and how many slices are joined. */
const CRUMB = 512;
const MOST_CRUMBS = 256;
const LF = 10;
const CR = 13;
const CLOSING_BRACE = 125;

export class ResponseReader {
  #partial: Buffer[] = [];
  #text = '';
  #literals: Literal[] = [];
  #slices: Buffer[] = [];
  #missing = 0;
  #length = 0;
  #sum = 0;
  #crumbs = 0;

  /**
   * @param onResponse called with each response, in order
   * @param onLiteral  called when a literal is announced; throws where it must not be read
   */
  constructor(
    private readonly onResponse: (response: Response) => void,
    private readonly onLiteral: (announced: Announced) => void = () => {},
  ) {}

  /** Whether bytes of a literal are due. */
  get inLiteral(): boolean {
    return this.#missing > 0;
  }

  /** The literal that is coming; null: between two literals. */
  get literal(): { readonly bytes: number; readonly come: number } | null {
    return this.#missing > 0 ? { bytes: this.#length, come: this.#length - this.#missing } : null;
  }

  /**
   * @param chunk bytes as they came; kept where a literal lies in them
   * @throws OversizedResponse where the bytes can be no IMAP (endless line, absurd literal)
   */
  feed(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#missing > 0) {
        const taken = Math.min(this.#missing, chunk.length - at);
        this.#keep(chunk.subarray(at, at + taken));
        this.#missing -= taken;
        at += taken;
        if (this.#missing === 0) this.#endLiteral();
        continue;
      }
      const end = chunk.indexOf(LF, at);
      if (end < 0) {
        this.#partial.push(chunk.subarray(at));
        if (this.#partial.length > 64) this.#partial = [Buffer.concat(this.#partial)];
        this.#guard(this.#partial[0]!.length);
        return;
      }
      this.#line(this.#whole(chunk.subarray(at, end)));
      at = end + 1;
    }
  }

  /** The response that has begun and has no end yet: its text, and the last bytes of its literal; null between two. */
  get begun(): { readonly text: string; readonly lastBytes: string } | null {
    if (this.#text === '' && this.#slices.length === 0 && this.#missing === 0) return null;
    const last = this.#missing > 0 ? Buffer.concat(this.#slices.slice(-LAST_SLICES)) : Buffer.alloc(0);
    return { text: this.#text, lastBytes: last.subarray(-LAST_BYTES).toString('latin1') };
  }

  #whole(last: Buffer): Buffer {
    if (this.#partial.length === 0) return last;
    const whole = Buffer.concat([...this.#partial, last]);
    this.#partial = [];
    return whole;
  }

  #line(line: Buffer): void {
    const length = line[line.length - 1] === CR ? line.length - 1 : line.length;
    const text = line.toString('latin1', 0, length);
    this.#guard(length);
    const literal = line[length - 1] === CLOSING_BRACE ? LITERAL_AT_END.exec(text) : null;
    if (literal && !(this.#text === '' && FREE_TEXT.test(text))) {
      const size = Number(literal[1]);
      if (size > LONGEST_LITERAL) throw new OversizedResponse(`a literal of ${size} bytes was announced`);
      if (this.#literals.length >= MOST_LITERALS)
        throw new OversizedResponse('a response of more than 1,000 literals was sent');
      this.#text += text.slice(0, literal.index);
      this.#sum += size;
      this.onLiteral({ text: this.#text, bytes: size, sum: this.#sum });
      this.#missing = size;
      this.#length = size;
      if (size === 0) this.#endLiteral();
      return;
    }
    const response = { text: this.#text + text, literals: this.#literals };
    this.#text = '';
    this.#literals = [];
    this.#sum = 0;
    this.onResponse(response);
  }

  /** Joins small slices of a literal, because each slice costs a hundred bytes of memory besides its own. */
  #keep(slice: Buffer): void {
    this.#slices.push(slice);
    this.#crumbs = slice.length < CRUMB ? this.#crumbs + 1 : 0;
    if (this.#crumbs < MOST_CRUMBS) return;
    this.#slices.push(Buffer.concat(this.#slices.splice(-MOST_CRUMBS)));
    this.#crumbs = 0;
  }

  #endLiteral(): void {
    this.#crumbs = 0;
    this.#text += LITERAL_MARK;
    this.#literals.push({ slices: this.#slices, length: this.#length });
    this.#slices = [];
  }

  #guard(more: number): void {
    if (this.#text.length + more > LONGEST_TEXT) throw new OversizedResponse('a line without an end was sent');
  }
}

/** A literal as one string. Used for names and headers, never for bodies. */
export function literalText(literal: Literal): string {
  return Buffer.concat(literal.slices as Buffer[]).toString('latin1');
}
