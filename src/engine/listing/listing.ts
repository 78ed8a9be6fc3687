import type { FolderStatus } from '../imap/commands/status.js';
import { isInbox, isSelectable, type SideLayout } from '../imap/grammar/layout.js';
import { must, Refused } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import type { KnownServer } from '../profiles/profile.js';
import type { AbsentName, AnswersSoFar, NameFailure } from './answers-so-far.js';
import { withDistinctNames } from './distinct-names.js';
import { gatherFolders, type NamedFolder } from './gather.js';
import { type EverythingListed, listEverything, listSubscriptions, namesOf } from './list-everything.js';
import type { ListRow, UnreadableRow } from './list-row.js';
import { settleNamesOfOneFolder } from './names-of-one-folder.js';
import { lookAgain, type SecondLook, withRows } from './second-look.js';
import { askStatuses, settleSpellings } from './spellings.js';
import { newTrials, type SideTrials } from './trials.js';
import { walkFolders } from './walk.js';

export type { NameFailure } from './answers-so-far.js';

/** An account's folders, their layout, and how full each is. */
export interface Listing extends SideLayout {
  /** STATUS by wire name. Folders that cannot be selected have none. */
  readonly statuses: ReadonlyMap<string, FolderStatus>;
  /** The server's name (RFC 2971) or greeting; empty where it gives none. */
  readonly server: string;
  readonly known: KnownServer;
  /** Rows whose folder nobody can name. */
  readonly unreadable: readonly UnreadableRow[];
  /** The answer to NAMESPACE that nobody can read; null: it was read. */
  readonly unreadableNamespace: UnreadableRow | null;
  /** Names that are neither among the folders nor absent. */
  readonly failures: readonly NameFailure[];
  /** Names that are no folders. */
  readonly absent: readonly AbsentName[];
  /** Oddities of the lists, in an operator's words. */
  readonly notes: readonly string[];
}

/**
 * Lists an account in one flight of commands: NAMESPACE, LIST with subscriptions and status
 * (RFC 5258, RFC 5819), or LIST and LSUB and then a flight of STATUS. A list that is refused or empty is walked level
 * by level, as a copy does; otherwise LIST is believed.
 *
 * @throws Refused  where LIST is refused at each level, too
 * @throws ConnectionLost
 */
export async function listAccount(session: Session): Promise<Listing> {
  const trials = newTrials();
  const first = await listEverything(session, trials.list);
  const told = await gathered(session, first, trials);
  if (isWhole(first)) return asListing(session, told);
  const listed = await walked(session, first, told, trials);
  if (listed.failures.length === 0) {
    // A walk asks for names only.
    const lacking = listed.folders.filter((folder) => isSelectable(folder) && !listed.statuses.has(folder.wire));
    await askStatuses(
      session,
      lacking.map(({ wire }) => wire),
      listed.statuses,
      trials.status,
    );
    return asListing(session, listed);
  }
  if (first.list.kind === 'answered') must(session.wire.side, 'LIST', first.list.answer);
  return asListing(session, told);
}

/** How closely an account is looked at. */
export interface Looking {
  readonly trials: SideTrials;
  /** Whether a refusal of LIST passes by itself: then it ends the listing. */
  readonly passes: (line: string) => boolean;
  /** Null at the destination, where CREATE finds out names that LIST omits. */
  readonly again: SecondLook | null;
}

/**
 * Lists an account like {@link listAccount}, and then looks for what LIST may hide: a list that is refused or empty
 * is walked level by level, and names that do not fit in are opened once. On a server where all fits together it
 * sends nothing more.
 *
 * @throws Refused  where LIST is refused and that passes by itself
 * @throws ConnectionLost
 */
export async function listClosely(session: Session, { trials, passes, again }: Looking): Promise<Listing> {
  const first = await listEverything(session, trials.list);
  const { list } = first;
  if (list.kind === 'answered' && list.answer.status !== 'OK' && passes(list.answer.line))
    throw new Refused(session.wire.side, 'LIST', list.answer.line);
  const told = await gathered(session, first, trials);
  const listed = isWhole(first) ? told : await walked(session, first, told, trials);
  if (again === null) return asListing(session, listed);
  return asListing(session, await settleNamesOfOneFolder(await lookAgain(session, listed, again, trials), again.desk));
}

/** Whether LIST of everything was answered, and named something. */
const isWhole = ({ list, rows }: EverythingListed) =>
  list.kind === 'answered' && list.answer.status === 'OK' && rows.length > 0;

async function gathered(session: Session, first: EverythingListed, trials: SideTrials): Promise<AnswersSoFar> {
  const { rows, subscriptions, statuses, namespaces, unreadableNamespace } = first;
  const { folders, notes } = gatherFolders(rows, namesOf(subscriptions), false);
  return {
    rows,
    subscriptions,
    folders: await settleSpellings(session, folders, statuses, trials.status),
    statuses,
    namespaces,
    unreadableNamespace,
    failures: [],
    absent: [],
    notes: [...first.notes, ...notes],
    how: 'listed',
  };
}

/** Walks the hierarchy, where LIST of everything failed or named nothing, not even INBOX.  @throws ConnectionLost */
async function walked(
  session: Session,
  { list }: EverythingListed,
  told: AnswersSoFar,
  trials: SideTrials,
): Promise<AnswersSoFar> {
  const why =
    list.kind === 'convicted'
      ? `the connection drops under it: ${list.lastWords}`
      : list.answer.status === 'OK'
        ? 'it names no folder, not even INBOX'
        : list.answer.line;
  const found = await walkFolders(session, trials.list);
  const subscriptions =
    told.subscriptions.length > 0 ? told.subscriptions : await listSubscriptions(session, trials.list);
  const whole: AnswersSoFar = { ...told, subscriptions, how: 'walked' };
  if (found.rows.length === 0) {
    const failure: NameFailure = { name: null, command: 'LIST', line: why, beside: [] };
    return { ...whole, failures: [...told.failures, failure] };
  }
  const note = `LIST of all folders is no use here (${why}): the folders were listed level by level`;
  return withRows(session, { ...whole, notes: [...told.notes, note] }, found, trials);
}

async function asListing({ capabilities, greeting, software, known }: Session, told: AnswersSoFar): Promise<Listing> {
  const {
    personal: [own],
    others,
  } = told.namespaces;
  const { folders, notes } = withDistinctNames(withInbox(told.folders));
  return {
    folders,
    statuses: told.statuses,
    prefix: own?.prefix ?? '',
    delimiter: own?.delimiter ?? folders.find((folder) => folder.delimiter !== null)?.delimiter ?? null,
    otherPrefixes: others.map(({ prefix }) => prefix),
    specialUseOnCreate: capabilities.has('CREATE-SPECIAL-USE'),
    foldersAre: capabilities.has('X-GM-EXT-1') ? 'labels' : 'places',
    utf8: false,
    server: (await software) || greeting,
    known: await known,
    unreadableNamespace: told.unreadableNamespace,
    unreadable: unreadableOf([...told.rows, ...told.subscriptions]),
    failures: told.failures,
    absent: told.absent,
    notes: [...told.notes, ...notes],
  };
}

/** Unreadable rows, each once. */
function unreadableOf(rows: readonly (ListRow | UnreadableRow)[]): UnreadableRow[] {
  const distinct = new Map<string, UnreadableRow>();
  for (const row of rows) if (row.kind === 'unreadable') distinct.set(row.row, row);
  return [...distinct.values()];
}

/** Adds INBOX, which always exists (RFC 9051 section 5.1). */
function withInbox(folders: readonly NamedFolder[]): readonly NamedFolder[] {
  if (folders.some(({ wire }) => isInbox(wire))) return folders;
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
