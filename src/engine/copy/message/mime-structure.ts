/** How a body's bytes are to be read; `plain`: as they are (7bit, 8bit, binary and what nobody knows). */
export type BodyWhere = 'base64' | 'quoted-printable' | 'plain';

/**
 * The longest field that is read, in octets, and the deepest nesting. A hostile message must cost no more than a long
 * honest one.
 */
const LONGEST_FIELD = 8 * 1024;
const DEEPEST = 32;

const DASH = 45;
const OF_INTEREST = /^content-(type|transfer-encoding)[ \t]*:/i;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i;

interface Delimiter {
  /** The line that begins a part. */
  readonly line: Buffer;
  /** The type of parts that name none: messages in a multipart/digest (RFC 2046 section 5.1.5). */
  readonly parts: 'text/plain' | 'message/rfc822';
}

/**
 * Where in a message a line stands, told line by line: in which header, or in a body of which encoding
 * (RFC 2045, RFC 2046). Bodies are not looked into, but for the lines that may end them.
 */
export class MimeStructure {
  #where: 'header' | BodyWhere = 'header';
  readonly #delimiters: Delimiter[] = [];
  #type = 'text/plain';
  #encoding = '';
  /** The field that is being read, where it is one of interest. */
  #field: { readonly name: 'type' | 'transfer-encoding'; value: string } | null = null;

  /** Where the next line stands. */
  get where(): 'header' | BodyWhere {
    return this.#where;
  }

  /** @param line a line without its end */
  take(line: Buffer): void {
    if (line[0] === DASH && line[1] === DASH && this.#delimits(line)) return;
    if (this.#where !== 'header') return;
    if (line.length === 0) this.#headerEnds();
    else this.#headerLine(line.toString('latin1'));
  }

  #headerLine(line: string): void {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (this.#field && this.#field.value.length < LONGEST_FIELD) this.#field.value += line;
      return;
    }
    this.#fieldEnds();
    const named = OF_INTEREST.exec(line);
    if (!named) return;
    const name = named[1]!.toLowerCase() === 'type' ? 'type' : 'transfer-encoding';
    this.#field = { name, value: line.slice(named[0].length) };
  }

  #fieldEnds(): void {
    if (this.#field?.name === 'type') this.#type = this.#field.value.trim();
    else if (this.#field) this.#encoding = this.#field.value.trim().toLowerCase();
    this.#field = null;
  }

  #headerEnds(): void {
    this.#fieldEnds();
    const encoded = this.#encoding === 'base64' || this.#encoding === 'quoted-printable' ? this.#encoding : 'plain';
    const multipart = /^multipart\/([^\s;]+)/i.exec(this.#type);
    const boundary = multipart && BOUNDARY.exec(this.#type);
    if (boundary && this.#delimiters.length < DEEPEST) {
      const text = boundary[1]?.replace(/\\(.)/g, '$1') ?? boundary[2] ?? '';
      const parts = /^digest$/i.test(multipart[1]!) ? 'message/rfc822' : 'text/plain';
      this.#delimiters.push({ line: Buffer.from(`--${text.trimEnd()}`, 'latin1'), parts });
    }
    // Neither may be encoded (RFC 2045 section 6.4), and where they say so they seldom are.
    if (multipart) this.#where = 'plain';
    else if (/^message\/(?:rfc822|global)\b/i.test(this.#type) && encoded === 'plain') this.#header('text/plain');
    else this.#where = encoded;
  }

  #header(type: string): void {
    this.#where = 'header';
    this.#type = type;
    this.#encoding = '';
    this.#field = null;
  }

  /** Whether a line begins a part or ends a multipart. A part that was not ended ends with it. */
  #delimits(line: Buffer): boolean {
    for (let depth = this.#delimiters.length - 1; depth >= 0; depth--) {
      const delimiter = this.#delimiters[depth]!;
      const behind = restOf(line, delimiter.line);
      if (behind === '') {
        this.#delimiters.length = depth + 1;
        this.#header(delimiter.parts);
        return true;
      }
      if (behind === '--') {
        this.#delimiters.length = depth;
        this.#where = 'plain';
        return true;
      }
    }
    return false;
  }
}

/** The rest of a line behind a delimiter that it begins with; white space does not count (RFC 2046 section 5.1.1). */
function restOf(line: Buffer, delimiter: Buffer): string | null {
  const last = delimiter.length - 1;
  if (line.length <= last || line[last] !== delimiter[last]) return null;
  if (line.compare(delimiter, 0, delimiter.length, 0, delimiter.length) !== 0) return null;
  return line.toString('latin1', delimiter.length).trimEnd();
}
