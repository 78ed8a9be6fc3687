import { type ErrorEntry, isNote, isOfNoMessage } from '../../store/errors/error-entry.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { MessagesShort } from '../../words/reason.js';
import { type Ending, endingOf } from './mailbox.js';

const NOT_STORED = 'engine:not-stored';
const DROPPED = 'engine:dropped';
const DROPPED_AGAIN = 'engine:dropped-again';
const KEEPS_NEWEST = 'engine:keeps-newest';
const MAY_BE_HIDDEN = 'engine:may-be-hidden';
/** It stands there with other bytes: by its Message-ID, size and date it would be taken for whole. */
const DAMAGED = 'engine:damaged';
const NOT_LISTED = 'engine:not-listed';
/**
 * Rules of messages that nobody sees: answered OK and not found when the folder was read back, or under way when a
 * connection dropped.
 */
const UNSEEN: readonly string[] = [NOT_STORED, DROPPED, DROPPED_AGAIN, KEEPS_NEWEST, MAY_BE_HIDDEN, DAMAGED];

/**
 * Rules of the engine for open failures of messages that do not balance: the servers contradict what they said before.
 * A message that a server refused counts as failed, and balances.
 */
const UNBALANCED: Readonly<Record<MessagesShort['kind'], readonly string[]>> = {
  left: ['engine:unaccounted', 'engine:listed-another', MAY_BE_HIDDEN],
  'not stored': [
    NOT_STORED,
    DROPPED,
    DROPPED_AGAIN,
    KEEPS_NEWEST,
    'engine:another-stored',
    DAMAGED,
    'engine:expunged-as-deleted',
  ],
  'cut short': ['engine:cut-short'],
  'not as listed': ['engine:not-given', 'engine:empty-body', 'engine:other-length', 'engine:another-message'],
};

/** Messages of a source folder that the destination may hold without showing them. Source UIDs. */
export function mayBeThereIn(entries: readonly ErrorEntry[], folder: string): UidSet {
  const uids = new UidSet();
  for (const entry of entries)
    if (entry.folder === folder && UNSEEN.includes(entry.verdict.rule)) uids.addAll(entry.uids);
  return uids;
}

/** How much of a destination folder the last run that listed it was shown. */
export type LastShown = 'whole' | 'in part';

/** Whether the destination counted messages of a folder that it did not show. */
export function lastShownIn(entries: readonly ErrorEntry[], folder: string): LastShown {
  const isOf = ({ side, folder: of, verdict }: ErrorEntry) =>
    side === 'destination' && of === folder && verdict.rule === NOT_LISTED;
  return entries.some(isOf) ? 'in part' : 'whole';
}

/** A folder, with the number of its messages that are still to be settled. */
export interface FolderLeft {
  readonly source: string;
  readonly counts: { readonly left: number };
}

/**
 * How a mailbox ends that went through all of its folders, by the counts of its folders and by its error ledger. The
 * engine asks at the end of a pass and after each decision. A status that is read from files asks the same.
 */
export function endingOfMailbox(folders: readonly FolderLeft[], entries: readonly ErrorEntry[]): Ending {
  const short = folders.filter(({ counts }) => counts.left > 0);
  const shortNames = new Set(short.map(({ source }) => source));
  const open = entries.filter((entry) => !isNote(entry.verdict));
  // A folder that counts messages as left is reported once, and not by its failures of no message as well.
  const ofNoMessage = open.filter((entry) => isOfNoMessage(entry) && !entry.accepted);
  const doubled = ofNoMessage.filter(({ doubles }) => doubles !== null);
  const unread = ofNoMessage.filter(
    ({ doubles, folder }) => doubles === null && (folder === null || !shortNames.has(folder)),
  );
  return endingOf([
    { kind: 'left', messages: sum(short.map(({ counts }) => counts.left)), folders: short.length },
    ...(Object.keys(UNBALANCED) as MessagesShort['kind'][]).map((kind) => shortOf(kind, open)),
    { kind: 'unread', failures: unread.length },
    {
      kind: 'doubled',
      copies: sum(doubled.map(({ doubles }) => doubles?.byDestination.size ?? 0)),
      folders: new Set(doubled.map(({ folder }) => folder)).size,
    },
  ]);
}

/** The messages that fall short in one way, whether they failed at the source or at the destination. */
function shortOf(kind: MessagesShort['kind'], open: readonly ErrorEntry[]): MessagesShort {
  const entries = open.filter(({ uids, verdict }) => !uids.isEmpty && UNBALANCED[kind].includes(verdict.rule));
  return {
    kind,
    messages: sum(entries.map(({ uids }) => uids.size)),
    folders: new Set(entries.map(({ folder }) => folder)).size,
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
