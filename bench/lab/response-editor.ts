/** Parts that are taken out of a server's lines. */
export interface Edits {
  /** Capabilities, in CAPABILITY responses and codes. */
  readonly hide: readonly string[];
  /** APPENDUID and COPYUID codes (RFC 4315). */
  readonly dropUids: boolean;
}

interface UidCounts {
  appendUidsSent: number;
  appendUidsSeen: number;
}

/**
 * Edits the lines of a server's stream and leaves literals alone: a message about APPENDUID stays as it is.
 * Counts what came in and, on its own output, what went out.
 */
export class ResponseEditor {
  readonly #edits: Edits;
  readonly #counts: UidCounts;
  #line = Buffer.alloc(0);
  #literal = 0;

  constructor(edits: Edits, counts: UidCounts) {
    this.#edits = edits;
    this.#counts = counts;
  }

  edit(chunk: Buffer): Buffer {
    const out: Buffer[] = [];
    for (let at = 0; at < chunk.length; ) {
      if (this.#literal > 0) {
        const piece = chunk.subarray(at, at + this.#literal);
        this.#literal -= piece.length;
        at += piece.length;
        out.push(piece);
        continue;
      }
      const end = chunk.indexOf(10, at);
      const piece = chunk.subarray(at, end < 0 ? chunk.length : end + 1);
      at += piece.length;
      this.#line = Buffer.concat([this.#line, piece]);
      if (end >= 0) out.push(this.#take());
    }
    return out.length === 1 ? (out[0] as Buffer) : Buffer.concat(out);
  }

  #take(): Buffer {
    const line = this.#line.toString('latin1');
    this.#line = Buffer.alloc(0);
    this.#literal = Number(/\{(\d+)\}\r?\n$/.exec(line)?.[1] ?? 0);
    const edited = this.#edited(line);
    if (hasAppendUid(line)) this.#counts.appendUidsSent++;
    if (hasAppendUid(edited)) this.#counts.appendUidsSeen++;
    return Buffer.from(edited, 'latin1');
  }

  #edited(line: string): string {
    if (this.#edits.dropUids && /\[(?:APPEND|COPY)UID /i.test(line)) {
      return line.replace(/^(\S+ OK )\[(?:APPENDUID|COPYUID) [^\]]*\] ?/i, '$1');
    }
    if (this.#edits.hide.length === 0 || !/^\* CAPABILITY |\[CAPABILITY /i.test(line)) return line;
    return this.#edits.hide.reduce(
      (rest, name) => rest.replace(new RegExp(` ${escaped(name)}(?=[ \\]\\r\\n])`, 'i'), ''),
      line,
    );
  }
}

function hasAppendUid(line: string): boolean {
  return /^\S+ OK \[APPENDUID /i.test(line);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
