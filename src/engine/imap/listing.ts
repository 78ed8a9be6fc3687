import { gatherFolders, isInboxName, type NamedFolder } from '../names/gather.js';
import { type ListRow, readListRow, type UnreadableRow } from '../names/list-row.js';
import { type Namespaces, NO_NAMESPACES, readNamespaces } from '../names/namespaces.js';
import { folderStatus } from './folders.js';
import { isSelectable, type SideLayout } from './layout.js';
import { readFolderName } from './modified-utf7.js';
import { must, Refused } from './refused.js';
import type { Response } from './response-reader.js';
import type { Session } from './session.js';
import { type FolderStatus, parseStatus, statusItems } from './status.js';

/** One account's folders, how it lays them out, and how full each is. */
export interface Listing extends SideLayout {
  readonly folders: readonly NamedFolder[];
  /** By wire name; folders that cannot be selected have none. */
  readonly statuses: ReadonlyMap<string, FolderStatus>;
  /** Rows that name a folder nobody can tell. */
  readonly unreadable: readonly UnreadableRow[];
  /** What is odd about rows that could be read, in an operator's words. */
  readonly notes: readonly string[];
}

/**
 * Lists an account in one flight of commands: NAMESPACE, LIST with subscriptions and status
 * (RFC 5258, RFC 5819), or LIST and LSUB and then a flight of STATUS.
 *
 * @throws Refused  where LIST is refused
 * @throws LineLost
 */
export async function listAccount(session: Session): Promise<Listing> {
  const { capabilities } = session;
  const collected = await collect(session);
  const { namespaces } = collected;
  const gathered = gatherFolders(collected.rows, namesOf(collected.subscriptions), false);
  const folders = await settleSpellings(session, withInbox(gathered.folders), collected.statuses);
  const [own, ...further] = namespaces.personal;
  return {
    folders,
    statuses: collected.statuses,
    prefix: own?.prefix ?? '',
    delimiter: own?.delimiter ?? folders.find((folder) => folder.delimiter !== null)?.delimiter ?? null,
    otherPrefixes: [...namespaces.others, ...further].map(({ prefix }) => prefix),
    specialUseOnCreate: capabilities.has('CREATE-SPECIAL-USE'),
    utf8: false,
    server: (await session.software) || session.greeting,
    unreadable: unreadableOf([...collected.rows, ...collected.subscriptions]),
    notes: gathered.notes,
  };
}

/** What the first flight of commands brought. */
interface Collected {
  readonly rows: readonly (ListRow | UnreadableRow)[];
  readonly subscriptions: readonly (ListRow | UnreadableRow)[];
  readonly statuses: Map<string, FolderStatus>;
  readonly namespaces: Namespaces;
}

async function collect(session: Session): Promise<Collected> {
  const { wire, capabilities } = session;
  const extended = capabilities.has('LIST-EXTENDED');
  const rows: (ListRow | UnreadableRow)[] = [];
  const subscriptions: (ListRow | UnreadableRow)[] = [];
  const statuses = new Map<string, FolderStatus>();
  let namespaces = NO_NAMESPACES;

  const takeStatus = (response: Response) => {
    const row = parseStatus(response);
    if (row) statuses.set(isInboxName(row.name) ? 'INBOX' : row.name, row.status);
    return row !== undefined;
  };
  const takeList = (response: Response) => {
    const row = readListRow(response);
    if (row) (/^\* LSUB/i.test(response.text) ? subscriptions : rows).push(row);
    return row !== undefined || takeStatus(response);
  };
  const namespace = capabilities.has('NAMESPACE')
    ? wire.command('NAMESPACE', ['NAMESPACE'], (response) => {
        if (!/^\* NAMESPACE /i.test(response.text)) return false;
        namespaces = readNamespaces(response) ?? NO_NAMESPACES;
        return true;
      })
    : null;
  const wanted = ['SUBSCRIBED'];
  if (capabilities.has('SPECIAL-USE')) wanted.push('SPECIAL-USE');
  if (extended && capabilities.has('LIST-STATUS')) wanted.push(`STATUS (${statusItems(capabilities)})`);
  const list = wire.command('LIST', [`LIST "" "*"${extended ? ` RETURN (${wanted.join(' ')})` : ''}`], takeList);
  const lsub = extended ? null : wire.command('LSUB', ['LSUB "" "*"'], takeList);
  // Together: the line may drop under all of them, and none may be left without a listener then.
  const [namespaceAnswer, listAnswer] = await Promise.all([namespace, list, lsub]);
  // Exchange says so to the first command after a login that only looked like one.
  if (namespaceAnswer && /authenticated but not connected/i.test(namespaceAnswer.line)) {
    throw new Refused(wire.side, 'NAMESPACE', namespaceAnswer.line);
  }
  must(wire.side, 'LIST', listAnswer);
  return { rows, subscriptions, statuses, namespaces };
}

/**
 * Asks STATUS of every folder that has none yet. Where the server does not know a folder by the likeliest spelling
 * of its name, the others are tried.
 */
async function settleSpellings(
  session: Session,
  folders: readonly NamedFolder[],
  statuses: Map<string, FolderStatus>,
): Promise<NamedFolder[]> {
  const told = session.capabilities.has('LIST-EXTENDED') && session.capabilities.has('LIST-STATUS');
  const ask = async (name: string) => {
    try {
      statuses.set(name, await folderStatus(session, name));
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  };
  const settle = async (folder: NamedFolder): Promise<NamedFolder> => {
    if (!isSelectable(folder)) return folder;
    if (told && (folder.spelling === 'certain' || statuses.has(folder.wire))) return folder;
    if (await ask(folder.wire)) return folder;
    const known = await Promise.all(folder.otherSpellings.map(ask));
    const found = folder.otherSpellings.find((_, at) => known[at]);
    return found === undefined ? folder : { ...folder, wire: found, name: readFolderName(found, false) };
  };
  return Promise.all(folders.map(settle));
}

function namesOf(rows: readonly (ListRow | UnreadableRow)[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => (row.kind === 'unreadable' ? [] : row.spellings)));
}

/** A row of LSUB that repeats one of LIST tells nothing new. */
function unreadableOf(rows: readonly (ListRow | UnreadableRow)[]): UnreadableRow[] {
  return [...new Map(rows.flatMap((row) => (row.kind === 'unreadable' ? [[row.row, row]] : []))).values()];
}

/** INBOX is always there (RFC 9051 section 5.1). */
function withInbox(folders: readonly NamedFolder[]): readonly NamedFolder[] {
  if (folders.some(({ wire }) => isInboxName(wire))) return folders;
  const delimiter = folders.find((folder) => folder.delimiter !== null)?.delimiter ?? null;
  const inbox: NamedFolder = {
    wire: 'INBOX',
    name: 'INBOX',
    delimiter,
    attributes: [],
    subscribed: false,
    otherSpellings: [],
    spelling: 'certain',
  };
  return [...folders, inbox];
}
