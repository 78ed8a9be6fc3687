import type { MailboxFolder } from '../../../store/mailbox/mailbox-document.js';
import type { Home, Making } from '../../copy/make/make-folders.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import type { PairNames } from '../../isolate/trial.js';
import { countersStandStill, nothingToDo, type SettledNow } from './nothing-to-do.js';
import type { PassParts } from './pass-parts.js';
import { FolderTally } from './tally.js';

/** A folder that is to be worked on in this pass. */
export interface Planned {
  readonly pair: FolderPair;
  readonly tally: FolderTally;
  readonly made: Promise<Home | undefined>;
}

/** A mailbox's folders before a pass. */
export interface FolderPlan {
  /** Tallies of all folders that can hold mail, in their order. */
  readonly tallies: readonly FolderTally[];
  /** Folders to be worked on, in this order. */
  readonly planned: readonly Planned[];
  /** Names of source folders in which nothing is to be done. */
  readonly settled: readonly string[];
}

/**
 * Leaves out the folders in which nothing is to be done, by the counters of both sides. Where folders are labels, a
 * change in one folder may be a message of another: all are looked into, or none is.
 */
export function planFolders(
  { open, record, context }: Pick<PassParts, 'open' | 'record' | 'context'>,
  pairs: readonly FolderPair[],
  making: Making,
): FolderPlan {
  const { source, destination } = open.listings;
  const beforeOf = knownFolders(record.data.folders);
  const tallies: FolderTally[] = [];
  const planned: Planned[] = [];
  const settled: string[] = [];
  const isIdle = ({ source: from, destination: to }: FolderPair, before: MailboxFolder | undefined) => {
    const now: SettledNow = { source: source.statuses.get(from.wire), destination: destination.statuses.get(to.wire) };
    return !standStill && nothingToDo(before, now, context.sending);
  };
  const inbox = pairs.find((pair) => pair.source.wire === 'INBOX');
  const standStill = countersStandStill(inbox && beforeOf(inbox), source.statuses.get('INBOX'), open.inboxNow);
  if (standStill)
    context.log('warn', null, 'STATUS of the source does not tell what INBOX holds: every folder is looked into');
  const looksIntoAll =
    source.foldersAre === 'labels' && pairs.some((pair) => pair.selectable && !isIdle(pair, beforeOf(pair)));
  for (const pair of pairs) {
    const made = pair.selectable ? making.get(pair.destination.wire) : undefined;
    if (!made) continue;
    const before = beforeOf(pair);
    const tally = new FolderTally(pair.source.name, pair.destination.name, before?.counts);
    // A failed message counts as failed until the server has taken it, even if this pass does not reach it.
    if (before) tally.failed = record.errors.failed(pair.source.name).size;
    tally.wire = pair.source.wire;
    tally.told = source.statuses.get(pair.source.wire)?.messages ?? null;
    tally.way = open.connections.destination.lane.way;
    tallies.push(tally);
    if (looksIntoAll || !isIdle(pair, before)) planned.push({ pair, tally, made });
    else if (before?.settledAt) {
      before.settledAt.believed++;
      tally.isSettled = true;
      settled.push(pair.source.name);
    }
  }
  return { tallies, planned, settled };
}

const keyOf = (source: string, destination: string) => JSON.stringify([source, destination]);

/** As {@link knownFolder}, for many pairs. */
export function knownFolders(folders: readonly MailboxFolder[]): (pair: FolderPair) => MailboxFolder | undefined {
  const known = new Map(folders.map((folder) => [keyOf(folder.source, folder.destination), folder]));
  return ({ source, destination }) => known.get(keyOf(source.name, destination.name));
}

/** The notes of earlier passes about a pair; undefined: the pair is new. */
export function knownFolder(
  folders: readonly MailboxFolder[],
  { source, destination }: FolderPair,
): MailboxFolder | undefined {
  return folders.find((folder) => folder.source === source.name && folder.destination === destination.name);
}

/** The wire names of both folders. Suspects are recorded under these. */
export const wireNames = ({ source, destination }: FolderPair): PairNames => ({
  source: source.wire,
  destination: destination.wire,
});
