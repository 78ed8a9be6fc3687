import { optionsOf } from '../../store/batch/options-of.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { type FolderMap, mapFolders } from '../copy/map/folder-map.js';
import type { FolderPair } from '../copy/map/folder-pair.js';
import { appendLimit, ceiling, type Limit } from '../copy/prepare/append-limit.js';
import { Desk } from '../imap/commands/desk.js';
import type { Opened } from '../imap/commands/folders.js';
import { scanMessages } from '../imap/commands/scan.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';
import { Refused } from '../imap/session/refused.js';
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
  /** Opens it at the source and lists all of its messages. @throws Refused */
  list(onRow: (row: NamedRow) => void): Promise<Opened>;
}

/** Both sides of a mailbox, mapped and looked into. */
export interface LookedInto<T> {
  readonly map: FolderMap;
  /** Of the folders that could be looked into. */
  readonly folders: readonly T[];
  readonly refused: readonly FolderRefusal[];
  /** The limit of the whole server; null: none is known. */
  readonly limit: Limit | null;
}

/**
 * Maps the folders of a mailbox and looks into each that would be copied. A folder that is refused is noted, and the
 * others go on.
 *
 * @throws LineLost
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
  const folders = await inParallel(pairs, AT_ONCE, async (pair) => {
    const status = destination.listing.statuses.get(pair.destination.wire);
    try {
      const seen = await look({
        pair,
        limit: limitBy(status?.appendLimit ?? null),
        there: status?.messages ?? (pair.exists ? null : 0),
        list: (onRow) => listFolder(desk, pair.source.wire, onRow),
      });
      return { seen };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ folder: sanitise(pair.source.name), side: error.side, response: sanitise(error.line) });
      return null;
    }
  });
  return { map, folders: folders.flatMap((folder) => (folder ? [folder.seen] : [])), refused, limit: limitBy(null) };
}

/** Writes EXAMINE and FETCH at once; some servers refuse to list what is empty. */
async function listFolder(desk: Desk, folder: string, onRow: (row: NamedRow) => void): Promise<Opened> {
  const opening = desk.reopen(folder);
  const scan = scanMessages(desk, folder, '1:*', 'sizes, dates and flags', onRow);
  const [opened, scanned] = await Promise.allSettled([opening, scan]);
  if (opened.status === 'rejected') throw opened.reason;
  if (scanned.status === 'rejected' && opened.value.messages !== 0) throw scanned.reason;
  return opened.value;
}
