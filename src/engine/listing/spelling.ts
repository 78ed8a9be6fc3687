import { Cursor, Unreadable, type Value } from '../imap/grammar/cursor.js';
import { LITERAL_MARK, literalText, type Response } from '../imap/grammar/response-reader.js';

/** A folder name as a response gives it. */
export interface SpelledName {
  /** The bytes that the name may have, one character each, most likely first. Never empty. */
  readonly spellings: readonly [string, ...string[]];
  /**
   * The departure of the name from the grammar of RFC 9051; null: there is none, and the first spelling is the name.
   */
  readonly oddity: string | null;
}

const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;
const ATOM = /^[^\s"(){%*\\]+$/;
/** The most places in a name where extended data is looked for. */
const MOST_TRIES = 16;
/** Tags of extended data (RFC 5258 section 6.3, RFC 9051, RFC 8440, RFC 9590). */
const KNOWN_TAGS = /^(?:CHILDINFO|OLDNAME|MYRIGHTS|METADATA)$/i;

/**
 * Reads the name at the end of a LIST or LSUB row, leniently. Text behind the name that is no extended data belongs
 * to the name: servers send names with blanks, quotes and backslashes as they are.
 *
 * @param at  where the name begins
 * @returns why it cannot be read, where it cannot
 */
export function readSpelledName(response: Response, at: number): SpelledName | { readonly unreadable: string } {
  const text = response.text.slice(at);
  const bare = withoutExtension(text) ?? text;
  const begins = text.trimStart();
  if (begins === '') return { unreadable: 'the name is missing' };
  if (begins.startsWith(LITERAL_MARK)) return literalName(response, bare.trim());
  if (text.includes(LITERAL_MARK)) return { unreadable: 'a literal stands inside the name' };
  if (begins.startsWith('"')) return quotedName(bare.trim());
  return plainName(text, bare);
}

function literalName({ literals }: Response, bare: string): SpelledName | { readonly unreadable: string } {
  const literal = literals[literals.length - 1];
  if (!literal) return { unreadable: 'the literal is missing' };
  const behind = bare.slice(LITERAL_MARK.length);
  if (behind.includes(LITERAL_MARK)) return { unreadable: 'several literals stand there' };
  return { spellings: [literalText(literal)], oddity: behind === '' ? null : 'text stands behind the name' };
}

function quotedName(trimmed: string): SpelledName | { readonly unreadable: string } {
  const strict = QUOTED.exec(trimmed)?.[1];
  if (strict !== undefined) return { spellings: spell(unescaped(strict), strict), oddity: null };
  if (trimmed.length > 1 && trimmed.endsWith('"')) {
    const raw = trimmed.slice(1, -1);
    return { spellings: spell(unescaped(raw), raw, raw.replace(/\\(.)/g, '$1')), oddity: 'it is not escaped' };
  }
  const end = trimmed.indexOf('" ', 1);
  if (end < 0) return { unreadable: 'the name has no end' };
  const name = trimmed.slice(1, end);
  return { spellings: spell(unescaped(name), name, trimmed), oddity: 'text stands behind the name' };
}

function plainName(text: string, bare: string): SpelledName {
  const name = bare.trim();
  const oddity = ATOM.test(name) ? null : 'it is not quoted';
  const inQuotes = /"([^"]+)"$/.exec(name)?.[1] ?? name;
  return { spellings: spell(name, bare, text, name.replace(/\\(.)/g, '$1'), inQuotes), oddity };
}

function spell(first: string, ...others: readonly string[]): readonly [string, ...string[]] {
  const distinct = new Set(others);
  distinct.delete(first);
  return [first, ...distinct];
}

/** Takes escapes out. A backslash before anything but a quote or a backslash stands for itself. */
function unescaped(raw: string): string {
  return raw.replace(/\\(["\\])/g, '$1');
}

/**
 * The text up to extended data at its end (RFC 5258: tags, each with a value in parentheses or a number); null where
 * none stands there.
 */
function withoutExtension(text: string): string | null {
  if (!/\) *$/.test(text)) return null;
  // A name may contain ` (`. It ends at the first place from which on everything is extended data.
  let from = text.indexOf(' (');
  for (let tries = 0; from >= 0 && tries < MOST_TRIES; tries++) {
    if (isExtension(text.slice(from + 1))) return text.slice(0, from);
    from = text.indexOf(' (', from + 1);
  }
  return null;
}

function isExtension(text: string): boolean {
  try {
    const cursor = new Cursor({ text, literals: [] });
    const items = cursor.value();
    cursor.skipSpaces();
    if (!cursor.done || !Array.isArray(items) || items.length % 2 > 0) return false;
    return items.every((item: Value, index) => (index % 2 === 0 ? isTag(item, text) : isTagged(item)));
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

/**
 * Whether a value is a tag. An unknown tag counts only where it is quoted, because a name may end in `(Old (2019))`.
 */
const isTag = (item: Value, text: string) =>
  typeof item === 'string' && (KNOWN_TAGS.test(item) || text.includes(`"${item}"`));

const isTagged = (item: Value) => Array.isArray(item) || (typeof item === 'string' && /^[\d:,*]+$/.test(item));
