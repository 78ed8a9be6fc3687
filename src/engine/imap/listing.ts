import { Cursor, Unreadable, type Value } from './cursor.js';
import { isSelectable, type ListedFolder, type SideLayout } from './layout.js';
import { readFolderName } from './modified-utf7.js';
import { astring } from './piece.js';
import { must, Refused } from './refused.js';
import type { Response } from './response-reader.js';
import type { Session } from './session.js';
import { type FolderStatus, parseStatus, statusItems } from './status.js';

/** One account's folders, how it lays them out, and how full each is. */
export interface Listing extends SideLayout {
  /** By wire name; folders that cannot be selected have none. */
  readonly statuses: ReadonlyMap<string, FolderStatus>;
}

/**
 * Lists an account in one flight of commands: ID, NAMESPACE, LIST with subscriptions and status
 * (RFC 5258, RFC 5819), or LIST and LSUB and then a flight of STATUS.
 *
 * @throws Refused  where LIST is refused
 * @throws LineLost
 */
export async function listAccount(session: Session): Promise<Listing> {
  const { wire, capabilities } = session;
  const extended = capabilities.has('LIST-EXTENDED');
  const withStatus = extended && capabilities.has('LIST-STATUS');
  const items = statusItems(capabilities);
  const rows: ListRow[] = [];
  const subscribed = new Set<string>();
  const statuses = new Map<string, FolderStatus>();
  let server = '';
  let namespaces: readonly Value[] = [];

  const takeStatus = (response: Response) => {
    const row = parseStatus(response);
    if (row) statuses.set(inboxed(row.name), row.status);
    return row !== undefined;
  };
  const takeList = (response: Response) => {
    const row = parseListRow(response);
    if (row?.kind === 'LIST') rows.push(row);
    if (row?.kind === 'LSUB') subscribed.add(inboxed(row.wire));
    return row !== undefined || takeStatus(response);
  };

  const id = capabilities.has('ID')
    ? wire.command('ID', ['ID ("name" "Nightferry")'], (response) => {
        if (!/^\* ID /i.test(response.text)) return false;
        server = serverName(response);
        return true;
      })
    : null;
  const namespace = capabilities.has('NAMESPACE')
    ? wire.command('NAMESPACE', ['NAMESPACE'], (response) => {
        if (!/^\* NAMESPACE /i.test(response.text)) return false;
        namespaces = readNamespaces(response);
        return true;
      })
    : null;
  const wanted = ['SUBSCRIBED'];
  if (capabilities.has('SPECIAL-USE')) wanted.push('SPECIAL-USE');
  if (withStatus) wanted.push(`STATUS (${items})`);
  const list = wire.command('LIST', [`LIST "" "*"${extended ? ` RETURN (${wanted.join(' ')})` : ''}`], takeList);
  const lsub = extended ? null : wire.command('LSUB', ['LSUB "" "*"'], takeList);
  // Together: the line may drop under all of them, and none may be left without a listener then.
  const [namespaceAnswer, listAnswer] = await Promise.all([namespace, list, lsub, id]);
  // Exchange says so to the first command after a login that only looked like one.
  if (namespaceAnswer && /authenticated but not connected/i.test(namespaceAnswer.line)) {
    throw new Refused(wire.side, 'NAMESPACE', namespaceAnswer.line);
  }
  must(wire.side, 'LIST', listAnswer);

  const folders = asFolders(rows, subscribed);
  if (!withStatus) {
    const asked = folders
      .filter(isSelectable)
      .map((folder) => wire.command('STATUS', ['STATUS ', astring(folder.wire), ` (${items})`], takeStatus));
    await Promise.all(asked);
  }
  const personal = namespaceRows(namespaces[0]);
  return {
    folders,
    statuses,
    prefix: personal[0]?.prefix ?? '',
    delimiter: personal[0]?.delimiter ?? folders.find((folder) => folder.delimiter !== null)?.delimiter ?? null,
    otherPrefixes: [...namespaceRows(namespaces[1]), ...namespaceRows(namespaces[2]), ...personal.slice(1)].map(
      (row) => row.prefix,
    ),
    specialUseOnCreate: capabilities.has('CREATE-SPECIAL-USE'),
    utf8: false,
    server: server || session.greeting,
  };
}

interface ListRow {
  readonly kind: 'LIST' | 'LSUB';
  readonly attributes: readonly string[];
  readonly delimiter: string | null;
  readonly wire: string;
}

const LIST_ROW = /^\* (LIST|LSUB) /i;

/** Reads `* LIST (\Attributes) "/" name …` (RFC 9051 section 7.3.1). */
export function parseListRow(response: Response): ListRow | undefined {
  const head = LIST_ROW.exec(response.text);
  if (!head) return undefined;
  try {
    const cursor = new Cursor(response, head[0].length);
    const attributes: string[] = [];
    cursor.open();
    while (!cursor.closed()) attributes.push(cursor.word());
    cursor.skipSpaces();
    const delimiter = cursor.string();
    cursor.skipSpaces();
    // A folder named NIL is an astring; only a quoted one can mean it.
    const from = cursor.at;
    const wire = cursor.string() ?? response.text.slice(from, cursor.at);
    return { kind: head[1]!.toUpperCase() === 'LIST' ? 'LIST' : 'LSUB', attributes, delimiter, wire };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** INBOX in any case is one folder (RFC 9051 section 5.1). */
const inboxed = (wire: string) => (wire.toUpperCase() === 'INBOX' ? 'INBOX' : wire);

function asFolders(rows: readonly ListRow[], subscribed: ReadonlySet<string>): ListedFolder[] {
  const folders = new Map<string, ListedFolder>();
  for (const row of rows) {
    const wire = inboxed(row.wire);
    if (wire === '' || folders.has(wire)) continue;
    folders.set(wire, {
      wire,
      name: readFolderName(wire, false),
      delimiter: row.delimiter,
      attributes: row.attributes,
      subscribed: subscribed.has(wire) || row.attributes.some((attribute) => /^\\subscribed$/i.test(attribute)),
    });
  }
  if (!folders.has('INBOX')) {
    const delimiter = rows.find((row) => row.delimiter !== null)?.delimiter ?? null;
    folders.set('INBOX', { wire: 'INBOX', name: 'INBOX', delimiter, attributes: [], subscribed: false });
  }
  return [...folders.values()];
}

function readNamespaces(response: Response): readonly Value[] {
  try {
    const cursor = new Cursor(response, '* NAMESPACE '.length);
    const kinds: Value[] = [];
    for (let kind = 0; kind < 3 && !cursor.done; kind++) {
      cursor.skipSpaces();
      kinds.push(cursor.value());
    }
    return kinds;
  } catch (error) {
    if (error instanceof Unreadable) return [];
    throw error;
  }
}

function namespaceRows(kind: Value | undefined): { prefix: string; delimiter: string | null }[] {
  if (!Array.isArray(kind)) return [];
  return kind.flatMap((row: Value) => {
    if (!Array.isArray(row) || typeof row[0] !== 'string') return [];
    return [{ prefix: row[0], delimiter: typeof row[1] === 'string' ? row[1] : null }];
  });
}

function serverName(response: Response): string {
  const quoted = /"name" "((?:[^"\\]|\\.)*)"/i.exec(response.text);
  return quoted?.[1] ?? '';
}
