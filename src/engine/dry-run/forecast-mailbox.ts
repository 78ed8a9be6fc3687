import { inParallel } from '../../store/documents/in-parallel.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { mapFolders } from '../copy/map/folder-map.js';
import type { FolderPair } from '../copy/map/folder-pair.js';
import { warningText } from '../copy/map/folder-warnings.js';
import { appendLimit, ceiling } from '../copy/prepare/append-limit.js';
import { Desk } from '../imap/commands/desk.js';
import { scanMessages } from '../imap/commands/scan.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';
import { Refused } from '../imap/session/refused.js';
import { sanitise } from '../responses/sanitise.js';
import { type BothSidesOf, type OpenedSide, unlisted, withBothSides } from './both-sides.js';
import { FolderCounter, type KnownFolder } from './count-folder.js';
import type { FolderForecast, FolderRefusal, MailboxForecast } from './forecast.js';

/** Folders that are asked for ahead on one connection. */
const AT_ONCE = 8;

/** All that a look at one mailbox needs. */
export interface Looking extends BothSidesOf {
  /** What earlier runs know of a folder as it stands now; null: nothing. */
  readonly known: (folders: FolderNames, uidValidity: string | null) => Promise<KnownFolder | null>;
}

/** Names of a pair, as people read them. */
interface FolderNames {
  readonly source: string;
  readonly destination: string;
}

/**
 * Counts what a run would copy now. Logs in on both sides, and sends no command that may change something.
 *
 * @throws LoginFailed, CredentialMissing, Refused, LineLost
 */
export function forecastMailbox(looking: Looking): Promise<MailboxForecast> {
  return withBothSides(looking, (source, destination) => forecast(looking, source, destination));
}

async function forecast(looking: Looking, source: OpenedSide, destination: OpenedSide): Promise<MailboxForecast> {
  const { batch, row } = looking;
  const map = mapFolders(source.listing, destination.listing, { ...batch.options, userRoot: row.userRoot });
  const desk = new Desk(source.session, 'EXAMINE');
  const refused: FolderRefusal[] = [
    ...unlisted('source', source.listing),
    ...unlisted('destination', destination.listing),
  ];
  const pairs = map.pairs.filter(({ selectable }) => selectable);
  const counted = await inParallel(pairs, AT_ONCE, async (pair): Promise<FolderForecast | null> => {
    try {
      return await forecastFolder(looking, desk, pair, destination);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ folder: sanitise(pair.source.name), side: error.side, response: sanitise(error.line) });
      return null;
    }
  });
  return {
    folders: counted.filter((folder) => folder !== null),
    leftOut: map.leftOut.map(({ name, why }) => ({ name: sanitise(name), why: sanitise(why) })),
    warnings: map.warnings.map((warning) => sanitise(warningText(warning))),
    refused,
    limit: ceiling(appendLimit(destination.session.capabilities, { appendLimit: null }), batch.options.maxSize),
  };
}

async function forecastFolder(
  { batch, known }: Looking,
  desk: Desk,
  pair: FolderPair,
  { session, listing }: OpenedSide,
): Promise<FolderForecast> {
  const names = { source: pair.source.name, destination: pair.destination.name };
  const status = listing.statuses.get(pair.destination.wire);
  const rows: NamedRow[] = [];
  const opening = desk.reopen(pair.source.wire);
  const scan = scanMessages(desk, pair.source.wire, '1:*', 'sizes, dates and flags', (row) => rows.push(row));
  const [opened, scanned] = await Promise.allSettled([opening, scan]);
  if (opened.status === 'rejected') throw opened.reason;
  const { uidValidity, messages } = opened.value;
  // Some servers refuse to list what is empty.
  if (scanned.status === 'rejected' && messages !== 0) throw scanned.reason;
  const before = (await known(names, uidValidity)) ?? { settled: new UidSet(), skipped: new UidSet() };
  const limit = ceiling(
    appendLimit(session.capabilities, { appendLimit: status?.appendLimit ?? null }),
    batch.options.maxSize,
  );
  const counter = new FolderCounter(before, limit?.bytes ?? null, batch.options.deleted);
  for (const row of rows) counter.add(row);
  return {
    source: sanitise(names.source),
    destination: sanitise(names.destination),
    isNew: !pair.exists,
    ...counter.count,
    there: status?.messages ?? (pair.exists ? null : 0),
  };
}
