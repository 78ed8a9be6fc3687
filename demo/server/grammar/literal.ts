/** The literal that `{n}`, `{n+}` or `~{n}` at the end of a line announces (RFC 3501 section 4.3, 7888, 3516). */
export interface LiteralSign {
  readonly size: number;
  /** The client waits for `+` before it sends the bytes. */
  readonly waits: boolean;
  readonly binary: boolean;
}

/** A line, or the rest of one, and the literal that it announces at its end. */
export interface Segment {
  readonly text: string;
  readonly literal: LiteralSign | null;
}

const SIGN = /(~?)\{(\d{1,15})(\+?)\}$/;

export function segmentOf(line: string): Segment {
  if (!line.endsWith('}')) return { text: line, literal: null };
  const found = SIGN.exec(line);
  if (!found) return { text: line, literal: null };
  return {
    text: line.slice(0, found.index),
    literal: { size: Number(found[2]), waits: found[3] === '', binary: found[1] === '~' },
  };
}

/** As it stands in the command log: the sign without the bytes. */
export function signText(literal: LiteralSign): string {
  return `${literal.binary ? '~' : ''}{${literal.size}${literal.waits ? '' : '+'}}`;
}

/** RFC 7888 section 5: what LITERAL- lets a client send without waiting. */
export const LITERAL_MINUS_LIMIT = 4096;
