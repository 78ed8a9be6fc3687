import { type Repair, type RepairKind, repairsOf } from '../../../words/findings/repairs.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import { BREAKING, LONGEST_LINE } from './line-breaks.js';
import { LineWriter } from './line-writer.js';
import { MimeStructure } from './mime-structure.js';

export interface Repaired {
  /** The message as it was given where nothing was to be mended. */
  readonly body: Literal;
  /** Empty where nothing was to be mended. */
  readonly changes: readonly Repair[];
}

const NUL = 0;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

/**
 * Makes of a message that servers refuse one that RFC 5322 allows: no NUL, CRLF at the end of each line (section
 * 2.3), the last one too, and no line of more than 998 octets (section 2.1.1).
 *
 * Parts encoded as base64 or quoted-printable, and header lines that have white space, say the same afterwards.
 * Any other long line is broken all the same, and `changes` tells it apart. One trip over
 * the bytes; a repaired message is not changed again.
 */
export function repair(message: Literal): Repaired {
  const mending = new Mending();
  for (const slice of message.slices) mending.feed(slice);
  const { body, changes } = mending.end();
  return { body: changes.length > 0 ? body : message, changes };
}

class Mending {
  readonly #structure = new MimeStructure();
  readonly #written = new LineWriter();
  readonly #counts = new Map<RepairKind, number>();
  /** The line as far as it was read, without its end; one octet more than it may have. */
  readonly #line = Buffer.alloc(LONGEST_LINE + 1);
  #length = 0;
  /** The octets that the line may have. The rest of an encoded line that was broken may have fewer. */
  #most = LONGEST_LINE;
  /** The ways in which it was broken. Each counts once. */
  readonly #broken = new Set<RepairKind>();
  /** CRs that may be half of its end. */
  #returns = 0;
  /** How the first line ended. If that was a lone CR, all lines may end so. */
  #firstEnd: 'LF' | 'CR' | null = null;

  feed(slice: Buffer): void {
    for (let at = 0; at < slice.length; ) {
      const from = at;
      while (at < slice.length && (slice[at]! > CR || slice[at] === TAB)) at++;
      if (at > from) this.#text(slice, from, at);
      if (at < slice.length) this.#control(slice, at++);
    }
  }

  end(): Repaired {
    if (this.#returns > 0) this.#bareReturns(null);
    if (this.#length > 0 || this.#written.length === 0) {
      this.#count('last line ended');
      this.#endLine();
    }
    return { body: this.#written.literal, changes: repairsOf(this.#counts) };
  }

  #control(slice: Buffer, at: number): void {
    const byte = slice[at]!;
    if (byte === NUL) this.#count('NUL');
    else if (byte === CR) this.#returns++;
    else if (byte === LF) this.#lineFeed();
    else this.#text(slice, at, at + 1);
  }

  /** Bytes that are of the line. */
  #text(slice: Buffer, from: number, to: number): void {
    if (this.#returns > 0) this.#bareReturns(slice[from]!);
    for (let at = from; at < to; ) {
      const taken = slice.copy(this.#line, this.#length, at, Math.min(to, at + this.#most + 1 - this.#length));
      at += taken;
      this.#length += taken;
      if (this.#length > this.#most) this.#break();
    }
  }

  /** CR CR LF is one end: a line end was made CRLF twice. */
  #lineFeed(): void {
    if (this.#returns === 0) this.#count('bare LF');
    if (this.#returns > 1) this.#count('bare CR', this.#returns - 1);
    this.#returns = 0;
    this.#firstEnd ??= 'LF';
    this.#endLine();
  }

  /** @param next the byte behind them; null at the end of the message */
  #bareReturns(next: number | null): void {
    this.#count('bare CR', this.#returns);
    this.#firstEnd ??= 'CR';
    // A stray one within a field: what follows it must not become a field, nor the body.
    const stray = this.#firstEnd === 'LF' && this.#structure.where === 'header' && this.#length > 0;
    for (let ends = stray ? 1 : this.#returns; ends > 0; ends--) this.#endLine();
    this.#returns = 0;
    if (stray && next !== null && next !== SPACE && next !== TAB) this.#line[this.#length++] = SPACE;
  }

  #break(): void {
    const { most, cut } = BREAKING[this.#structure.where];
    let line = this.#line.subarray(0, this.#length);
    while (line.length > most) {
      const { at, kind, trail, lead } = cut(line);
      this.#broken.add(kind);
      this.#write(trail === '' ? line.subarray(0, at) : Buffer.concat([line.subarray(0, at), Buffer.from(trail)]));
      line = lead === '' ? line.subarray(at) : Buffer.concat([Buffer.from(lead), line.subarray(at)]);
    }
    this.#length = line.copy(this.#line);
    this.#most = most;
  }

  #endLine(): void {
    this.#write(this.#line.subarray(0, this.#length));
    if (this.#broken.size > 0) {
      for (const kind of this.#broken) this.#count(kind);
      this.#broken.clear();
    }
    this.#length = 0;
    this.#most = LONGEST_LINE;
  }

  #write(line: Buffer): void {
    this.#structure.take(line);
    this.#written.line(line);
  }

  #count(kind: RepairKind, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }
}
