import { Cursor, Unreadable, type Value } from '../imap/grammar/cursor.js';
import type { Response } from '../imap/grammar/response-reader.js';

/** A namespace of an account (RFC 2342). */
interface Namespace {
  readonly prefix: string;
  /** Null: it is flat. An empty delimiter counts as none. */
  readonly delimiter: string | null;
}

/** The namespaces of an account: the user's own, and those of others and of all. */
export interface Namespaces {
  readonly personal: readonly Namespace[];
  readonly others: readonly Namespace[];
}

export const NO_NAMESPACES: Namespaces = { personal: [], others: [] };

/** A backslash at the end of a string that a server did not escape: `(("" "\"))`. */
const UNESCAPED = /\\(?="[ )])/g;

/**
 * Reads `* NAMESPACE personal others shared`, as it is, else with the backslashes at the ends of its strings escaped.
 *
 * @returns undefined where it cannot be read
 */
export function readNamespaces(response: Response): Namespaces | undefined {
  return read(response) ?? read({ ...response, text: response.text.replace(UNESCAPED, '\\\\') });
}

function read(response: Response): Namespaces | undefined {
  try {
    const cursor = new Cursor(response, '* NAMESPACE '.length);
    const kinds: Value[] = [];
    for (let kind = 0; kind < 3 && !cursor.done; kind++) {
      cursor.skipSpaces();
      kinds.push(cursor.value());
    }
    if (kinds.length === 0 || !kinds.every(isKind)) return undefined;
    const [personal, others, shared] = kinds.map(rowsOf);
    return { personal: personal ?? [], others: [...(others ?? []), ...(shared ?? [])] };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Whether a value is NIL, or a list of prefixes with their delimiters. */
function isKind(kind: Value): boolean {
  if (kind === null) return true;
  return Array.isArray(kind) && kind.every((row: Value) => Array.isArray(row) && typeof row[0] === 'string');
}

function rowsOf(kind: Value): Namespace[] {
  if (!Array.isArray(kind)) return [];
  return kind.flatMap((row: Value) => {
    if (!Array.isArray(row) || typeof row[0] !== 'string') return [];
    return [{ prefix: row[0], delimiter: typeof row[1] === 'string' && row[1] !== '' ? row[1] : null }];
  });
}
