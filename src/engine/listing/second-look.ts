import type { Desk } from '../imap/commands/desk.js';
import type { Opened } from '../imap/commands/folders.js';
import { isSelectable } from '../imap/grammar/layout.js';
import { readFolderName } from '../imap/grammar/modified-utf7.js';
import { Refused, refusedOr } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import type { AbsentName, AnswersSoFar, NameFailure } from './answers-so-far.js';
import { type DoubtfulName, doubtsOf } from './doubts.js';
import { gatherFolders, type NamedFolder } from './gather.js';
import { listSubscriptions, namesOf } from './list-everything.js';
import type { ListRow, UnreadableRow } from './list-row.js';
import { settleSpellings } from './spellings.js';
import type { SideTrials, Tried } from './trials.js';
import { listPatterns, type Walked, walkFolders } from './walk.js';

/** How closely the source is looked at. */
export interface SecondLook {
  readonly desk: Desk;
  /** Names of the folders that earlier passes opened; empty before the first pass. */
  readonly past: ReadonlySet<string>;
}

/** The most rounds of looking. Each may bring names that are doubtful in their turn. */
const ROUNDS = 3;

/**
 * Asks about contradictions of a list. Names that LIST marks or omits are opened once, and branches of which nothing
 * was listed are listed by themselves. If a folder turns up that LIST did not name, the whole hierarchy is walked,
 * because LIST may omit others, too.
 *
 * @throws ConnectionLost
 */
export async function lookAgain(
  session: Session,
  first: AnswersSoFar,
  { desk, past }: SecondLook,
  trials: SideTrials,
): Promise<AnswersSoFar> {
  let told = first;
  let hasWalked = first.how === 'walked';
  const asked = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const subscriptions = told.subscriptions.filter((row) => row.kind !== 'unreadable');
    const doubts = doubtsOf({ ...told, subscriptions }, past);
    const open = doubts.open.filter(({ wire }) => !asked.has(wire));
    const list = doubts.list.filter(({ pattern }) => !asked.has(pattern));
    if (open.length + list.length === 0) return told;
    for (const { wire } of open) asked.add(wire);
    for (const { pattern } of list) asked.add(pattern);
    const listed = await listPatterns(
      session,
      list.map(({ pattern }) => pattern),
      trials.list,
    );
    const byName = new Map(open.map((doubtful) => [doubtful.wire, doubtful]));
    const opened = await trials.open.askAll([...byName.keys()], (wire) => refusedOr(desk.reopen(wire)));
    const isOmitted = listed.rows.length > 0 || isSomeOmitted(open, opened);
    told = withOpened(told, open, opened);
    told = await withRows(session, told, { ...listed, refused: namely(listed, list) }, trials);
    if (!isOmitted || hasWalked) continue;
    hasWalked = true;
    const [walked, subscribed] = [
      await walkFolders(session, trials.list),
      await listSubscriptions(session, trials.list),
    ];
    told = await withRows(session, { ...told, subscriptions: [...told.subscriptions, ...subscribed] }, walked, trials);
  }
  return told;
}

/**
 * Refusals to list branches. A namespace that cannot be listed holds nothing for this user, but a folder with children
 * must be listed.
 */
function namely({ refused }: Walked, list: readonly { readonly pattern: string; readonly why: string }[]) {
  const children = new Set(list.filter(({ why }) => why === 'children').map(({ pattern }) => pattern));
  return refused.filter(({ pattern }) => children.has(pattern));
}

/** Adds the names of further rows to the known ones.  @throws ConnectionLost */
export async function withRows(
  session: Session,
  told: AnswersSoFar,
  walked: Walked,
  trials: SideTrials,
): Promise<AnswersSoFar> {
  const known = new Set(told.folders.flatMap(({ wire, otherSpellings }) => [wire, ...otherSpellings]));
  const isNew = (row: ListRow | UnreadableRow) =>
    row.kind === 'unreadable' || !row.spellings.some((wire) => known.has(wire));
  const rows = walked.rows.filter(isNew);
  const gathered = gatherFolders(rows, namesOf(told.subscriptions), false);
  const folders = await settleSpellings(session, gathered.folders, told.statuses, trials.status);
  const failures = walked.refused.map(
    ({ pattern, line }): NameFailure => ({
      name: readFolderName(pattern, false),
      command: 'LIST',
      line,
      beside: [],
    }),
  );
  return {
    ...told,
    rows: [...told.rows, ...rows],
    folders: [...told.folders, ...folders.filter(({ wire }) => !known.has(wire))],
    failures: [...told.failures, ...failures],
    notes: [...told.notes, ...gathered.notes],
  };
}

type Openings = ReadonlyMap<string, Tried<Opened | Refused>>;

/**
 * The opening that proves a folder. A name to which nobody subscribed counts only where it holds something, because
 * some servers open any parent.
 */
const openedAs = (openings: Openings, { wire, why }: DoubtfulName): Opened | null => {
  const tried = openings.get(wire);
  if (tried?.kind !== 'answered' || tried.answer instanceof Refused) return null;
  return why === 'subscribed' || tried.answer.messages !== 0 ? tried.answer : null;
};

const isSomeOmitted = (names: readonly DoubtfulName[], openings: Openings) =>
  names.some((doubtful) => doubtful.why !== 'marked' && openedAs(openings, doubtful) !== null);

/** A name that opened is a folder, whatever LIST says of it. A name that did not is no folder, or must be accounted for. */
function withOpened(told: AnswersSoFar, names: readonly DoubtfulName[], openings: Openings): AnswersSoFar {
  const found: NamedFolder[] = [];
  const failures: NameFailure[] = [];
  const absent: AbsentName[] = [];
  const opens = new Set<string>();
  for (const doubtful of names) {
    const { wire, delimiter, why } = doubtful;
    const opened = openedAs(openings, doubtful);
    const name = readFolderName(wire, false);
    const tried = openings.get(wire);
    if (opened) {
      told.statuses.set(wire, opened);
      opens.add(wire);
      if (why !== 'marked')
        found.push({
          wire,
          name,
          delimiter,
          attributes: [],
          subscribed: why === 'subscribed',
          otherSpellings: [],
          spelling: 'certain',
        });
    } else if (tried?.kind === 'convicted')
      failures.push({ name, command: 'EXAMINE', line: tried.lastWords, beside: [] });
    else if (why === 'subscribed' && tried?.answer instanceof Refused) {
      const { line } = tried.answer;
      if (NOT_THERE.test(line)) absent.push({ name, why: `subscribed, and no folder any more: ${line}` });
      else failures.push({ name, command: 'EXAMINE', line, beside: [] });
    }
  }
  const folders = told.folders.map((folder) =>
    opens.has(folder.wire)
      ? { ...folder, attributes: folder.attributes.filter((attribute) => isSelectable({ attributes: [attribute] })) }
      : folder,
  );
  const notes = [...opens].map(
    (wire) => `LIST omits ${readFolderName(wire, false)} or calls it no folder; it can be opened`,
  );
  return {
    ...told,
    folders: [...folders, ...found],
    failures: [...told.failures, ...failures],
    absent: [...told.absent, ...absent],
    notes: [...told.notes, ...notes],
  };
}

/** Responses that say that there is no such folder. */
const NOT_THERE =
  /\[(?:NONEXISTENT|TRYCREATE)\]|n(?:o|')t exist|non-?exist|no such|not found|unknown (?:mailbox|folder)|can ?not be found/i;
