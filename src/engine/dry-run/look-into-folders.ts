import type { BatchOptions } from '../../store/batch/batch.js';
import { optionsOf } from '../../store/batch/options-of.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { LabelIndex } from '../copy/labels/label-index.js';
import { emptyIndex, policyOf, readLabels, refuseLabels } from '../copy/labels/read-labels.js';
import { type FolderLeftOut, type FolderMap, mapFolders } from '../copy/map/folder-map.js';
import type { FolderPair } from '../copy/map/folder-pair.js';
import { appendLimit, ceiling, type Limit } from '../copy/prepare/append-limit.js';
import { Desk } from '../imap/commands/desk.js';
import type { Opened } from '../imap/commands/folders.js';
import { scanMessages } from '../imap/commands/scan.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';
import { Refused } from '../imap/session/refused.js';
import type { Listing } from '../listing/listing.js';
import { sanitise } from '../responses/sanitise.js';
import { type BothSidesOf, type OpenedSide, unlisted } from './both-sides.js';
import type { FolderRefusal } from './forecast.js';

/** Folders that are asked for ahead on one connection. */
const AT_ONCE = 8;

/** A folder that would be copied, on both sides. */
export interface FolderAtHand {
  readonly pair: FolderPair;
  /** Bytes over which a message would not be sent to it; null: no limit is known. */
  readonly limit: Limit | null;
  /** Messages that the destination holds in it; null: not told. */
  readonly there: number | null;
  /** UIDs of the source that travel in another folder, by their labels. */
  readonly elsewhere: UidSet;
  /** Opens it at the source and lists all of its messages. @throws Refused */
  list(onRow: (row: NamedRow) => void): Promise<Opened>;
}

/**
 * `once`: each message travels once, whatever labels it has. `doubled`: the source does not tell which messages are one.
 * `none`: its folders are places.
 */
export type Labels = 'none' | 'once' | 'doubled';

/** Both sides of a mailbox, mapped and looked into. */
export interface LookedInto<T> {
  readonly map: FolderMap;
  /** Their names are sanitised. */
  readonly leftOut: readonly FolderLeftOut[];
  /** Of the folders that could be looked into. */
  readonly folders: readonly T[];
  readonly refused: readonly FolderRefusal[];
  readonly labels: Labels;
  /** The limit of the whole server; null: none is known. */
  readonly limit: Limit | null;
}

/**
 * Maps the folders of a mailbox and looks into each that would be copied. A folder that is refused is noted, and the
 * others go on.
 *
 * @throws ConnectionLost
 */
export async function lookIntoFolders<T>(
  { batch, row }: BothSidesOf,
  source: OpenedSide,
  destination: OpenedSide,
  look: (folder: FolderAtHand) => Promise<T>,
): Promise<LookedInto<T>> {
  const map = mapFolders(source.listing, destination.listing, optionsOf(batch.options, row));
  const desk = new Desk(source.session, 'EXAMINE');
  const { capabilities } = destination.session;
  const limitBy = (ofFolder: number | null) =>
    ceiling(appendLimit(capabilities, { appendLimit: ofFolder }, destination.listing.known), batch.options.maxSize);
  const refused = [...unlisted('source', source.listing), ...unlisted('destination', destination.listing)];
  const pairs = map.pairs.filter(({ selectable }) => selectable);
  const labels = await labelsOf(desk, pairs, source.listing, batch.options);
  const folders = await inParallel([...pairs.entries()], AT_ONCE, async ([folder, pair]) => {
    const status = destination.listing.statuses.get(pair.destination.wire);
    try {
      const seen = await look({
        pair,
        limit: limitBy(status?.appendLimit ?? null),
        there: status?.messages ?? (pair.exists ? null : 0),
        elsewhere: labels.index?.elsewhere(folder) ?? new UidSet(),
        list: (onRow) => listFolder(desk, pair.source.wire, onRow),
      });
      return { seen };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ folder: sanitise(pair.source.name), side: error.side, response: sanitise(error.line) });
      return null;
    }
  });
  return {
    map,
    leftOut: map.leftOut.map(({ name, why }) => ({ name: sanitise(name), why })),
    folders: folders.flatMap((folder) => (folder ? [folder.seen] : [])),
    refused,
    limit: limitBy(null),
    labels: labels.are,
  };
}

/** Finds out which folder each message would travel in, by the labels as they are now. */
async function labelsOf(
  desk: Desk,
  pairs: readonly FolderPair[],
  listing: Listing,
  options: BatchOptions,
): Promise<{ readonly are: Labels; readonly index: LabelIndex | null }> {
  refuseLabels(options, listing);
  if (listing.foldersAre === 'places') return { are: 'none', index: null };
  const folders = pairs.map(({ source }) => source);
  const index = emptyIndex(folders, policyOf(options));
  await readLabels(desk, folders, index);
  const nothing = { stored: new UidSet(), carried: new Map(), bound: new UidSet(), closed: new UidSet() };
  index.decide(folders.map(() => nothing));
  const holdsMail = folders.some(({ wire }) => (listing.statuses.get(wire)?.messages ?? 0) > 0);
  return { are: holdsMail && index.messages === 0 ? 'doubled' : 'once', index };
}

/** Writes EXAMINE and FETCH at once. Some servers refuse FETCH in an empty folder. */
async function listFolder(desk: Desk, folder: string, onRow: (row: NamedRow) => void): Promise<Opened> {
  const opening = desk.reopen(folder);
  const scan = scanMessages(desk, folder, '1:*', 'sizes, dates and flags', onRow);
  const [opened, scanned] = await Promise.allSettled([opening, scan]);
  if (opened.status === 'rejected') throw opened.reason;
  if (scanned.status === 'rejected' && opened.value.messages !== 0) throw scanned.reason;
  return opened.value;
}
