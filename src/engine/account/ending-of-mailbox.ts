import { type ErrorEntry, isNote, isOfNoMessage } from '../../store/error-entry.js';
import { UidSet } from '../../store/uid-set.js';
import { type Ending, endingOf } from './mailbox.js';

/** Rules of the engine by which a message that was answered OK is missing: it is open, and no refusal. */
export const NOT_STORED_RULES: ReadonlySet<string> = new Set(['engine:not-stored', 'engine:expunged-as-deleted']);

/** Messages of a source folder that were answered OK and not found when it was read back. Source UIDs. */
export function notStoredIn(entries: readonly ErrorEntry[], folder: string): UidSet {
  const uids = new UidSet();
  for (const entry of entries)
    if (entry.folder === folder && entry.verdict.rule === 'engine:not-stored') uids.addAll(entry.uids);
  return uids;
}

/** A folder, by how many of its messages are still to be settled. */
export interface FolderLeft {
  readonly source: string;
  readonly counts: { readonly left: number };
}

/**
 * How a mailbox ends that went through all its folders, by what stands in its folders' counts and in its error ledger.
 * The engine asks at the end of a pass and after each decision; a status that is read from files asks the same.
 */
export function endingOfMailbox(folders: readonly FolderLeft[], entries: readonly ErrorEntry[]): Ending {
  const short = folders.filter(({ counts }) => counts.left > 0);
  const shortNames = new Set(short.map(({ source }) => source));
  const open = entries.filter((entry) => !isNote(entry.verdict));
  const notStored = open.filter(({ uids, verdict }) => !uids.isEmpty && NOT_STORED_RULES.has(verdict.rule));
  // A folder whose messages are counted as left is told of once.
  const unread = open.filter(
    (entry) => isOfNoMessage(entry) && !entry.accepted && (entry.folder === null || !shortNames.has(entry.folder)),
  );
  return endingOf([
    { kind: 'left', messages: sum(short.map(({ counts }) => counts.left)), folders: short.length },
    {
      kind: 'not stored',
      messages: sum(notStored.map(({ uids }) => uids.size)),
      folders: new Set(notStored.map(({ folder }) => folder)).size,
    },
    { kind: 'unread', failures: unread.length },
  ]);
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
