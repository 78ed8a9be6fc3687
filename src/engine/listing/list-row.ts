import { LITERAL_MARK, literalText, type Response } from '../imap/grammar/response-reader.js';
import { readSpelledName, type SpelledName } from './spelling.js';

/** A row of LIST or LSUB that names a folder. */
export interface ListRow extends SpelledName {
  readonly kind: 'LIST' | 'LSUB';
  /** As the server sent them, in any case. */
  readonly attributes: readonly string[];
  /** Null: the name is flat. An empty delimiter counts as none. */
  readonly delimiter: string | null;
}

/** A row whose folder nobody can name. */
export interface UnreadableRow {
  readonly kind: 'unreadable';
  /** The row as it came, literals put in; cut at 500 characters. Not sanitised. */
  readonly row: string;
  readonly why: string;
}

/** Some servers answer LIST by rows of XLIST, which it had before RFC 6154. */
const HEAD = /^\*[ \t]+(X?LIST|LSUB)(?:[ \t]+|$)/i;
const LONGEST_SHOWN = 500;

interface Part<T> {
  readonly value: T;
  /** The index in the text at which it goes on. */
  readonly at: number;
  readonly oddity: string | null;
}
type Reading<T> = Part<T> | { readonly unreadable: string };

/**
 * Reads `* LIST (\Attributes) "/" name …` (RFC 9051 section 7.3.1), leniently where only one reading makes sense.
 * Total: any response that begins as such a row is read, or is an unreadable row.
 *
 * @returns undefined for any other response
 */
export function readListRow(response: Response): ListRow | UnreadableRow | undefined {
  const head = HEAD.exec(response.text);
  if (!head) return undefined;
  const unreadable = (why: string): UnreadableRow => ({ kind: 'unreadable', row: responseText(response), why });
  const attributes = readAttributes(response.text, head[0].length);
  if ('unreadable' in attributes) return unreadable(attributes.unreadable);
  const delimiter = readDelimiter(response, attributes.at);
  if ('unreadable' in delimiter) return unreadable(delimiter.unreadable);
  // A row with broken attributes is believed where the rest of it is sound.
  if (attributes.oddity && (delimiter.value?.length ?? 0) > 1) return unreadable(attributes.oddity);
  const name = readSpelledName(response, delimiter.at);
  if ('unreadable' in name) return unreadable(name.unreadable);
  return {
    kind: head[1]!.toUpperCase() === 'LSUB' ? 'LSUB' : 'LIST',
    attributes: attributes.value,
    delimiter: delimiter.value,
    spellings: name.spellings,
    oddity: attributes.oddity ?? delimiter.oddity ?? name.oddity,
  };
}

/** A row for a reader, with its literals in their places. */
export function responseText({ text, literals }: Response): string {
  let at = 0;
  const whole = text.replaceAll(LITERAL_MARK, () => {
    const literal = literals[at++];
    return literal ? `{${literal.length}} ${literalText(literal).slice(0, LONGEST_SHOWN)}` : '';
  });
  return whole.length > LONGEST_SHOWN ? `${whole.slice(0, LONGEST_SHOWN)}…` : whole;
}

function readAttributes(text: string, from: number): Reading<readonly string[]> {
  if (text[from] !== '(') {
    const begins = text.slice(from, from + 4);
    if (/^(?:"|NIL )/i.test(begins)) return { value: [], at: from, oddity: 'the attributes are missing' };
    return { unreadable: 'the attributes are missing' };
  }
  const attributes: string[] = [];
  let at = from + 1;
  while (at < text.length) {
    if (text[at] === ' ') at++;
    else if (text[at] === ')') return { value: attributes, at: at + 1, oddity: null };
    // No attribute begins with a quote, so this is the delimiter.
    else if (text[at] === '"') return { value: attributes, at, oddity: 'the list of attributes has no end' };
    else {
      const [word] = /^[^ )"]+/.exec(text.slice(at)) ?? [''];
      attributes.push(word);
      at += word.length;
    }
  }
  return { unreadable: 'the list of attributes has no end' };
}

function readDelimiter({ text, literals }: Response, from: number): Reading<string | null> {
  let at = from;
  while (text[at] === ' ') at++;
  if (at >= text.length) return { unreadable: 'it ends before the name' };
  const end = (value: string | null, length: number): Reading<string | null> => {
    const behind = at + length;
    if (behind < text.length && text[behind] !== ' ') return { unreadable: 'the delimiter has no end' };
    const oddity = value !== null && value.length > 1 ? 'the delimiter is more than one character' : null;
    return { value: value === '' ? null : value, at: behind + 1, oddity };
  };
  if (text[at] === LITERAL_MARK) return end(literals[0] ? literalText(literals[0]) : null, 1);
  // A backslash that is not escaped. The same bytes could be an escaped quote, which is tried next.
  if (/^"\\" /.test(text.slice(at, at + 4))) return end('\\', 3);
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text.slice(at, at + 64));
  if (quoted) return end(quoted[1]!.replace(/\\(.)/g, '$1'), quoted[0].length);
  if (text[at] === '"') return { unreadable: 'the delimiter has no end' };
  const [word] = /^[^ ]+/.exec(text.slice(at)) ?? [''];
  return /^NIL$/i.test(word) ? end(null, 3) : end(word, word.length);
}
