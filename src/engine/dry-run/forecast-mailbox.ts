import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Clock } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import { mapFolders } from '../copy/map/folder-map.js';
import type { FolderPair } from '../copy/map/folder-pair.js';
import { warningText } from '../copy/map/folder-warnings.js';
import { appendLimit, ceiling } from '../copy/prepare/append-limit.js';
import { Desk } from '../imap/commands/desk.js';
import { scanMessages } from '../imap/commands/scan.js';
import type { Connect, Trust } from '../imap/connection/transport.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';
import { Refused } from '../imap/session/refused.js';
import { openSession, type Session } from '../imap/session/session.js';
import { type Listing, listAccount } from '../listing/listing.js';
import type { Credentials } from '../login/credentials.js';
import { loginName } from '../login/login-name.js';
import { sanitise } from '../responses/sanitise.js';
import { FolderCounter, type KnownFolder } from './count-folder.js';
import type { FolderForecast, FolderRefusal, MailboxForecast } from './forecast.js';

/** Folders that are asked for ahead on one connection. */
const AT_ONCE = 8;

/** All that a look at one mailbox needs. */
export interface Looking {
  readonly batch: Pick<Batch, Side | 'options'>;
  readonly row: PlanRow;
  readonly credentials: Credentials;
  readonly trust: Readonly<Record<Side, Trust>>;
  readonly connect: Connect;
  readonly clock: Clock;
  /** What earlier runs know of a folder as it stands now; null: nothing. */
  readonly known: (folders: FolderNames, uidValidity: string | null) => Promise<KnownFolder | null>;
  /** Drops what is under way. */
  readonly signal: AbortSignal;
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
export async function forecastMailbox(looking: Looking): Promise<MailboxForecast> {
  const opened: Session[] = [];
  const drop = () => {
    for (const { wire } of opened) wire.drop(new Error('stopped'));
  };
  looking.signal.addEventListener('abort', drop, { once: true });
  try {
    const open = async (side: Side) => {
      const session = await openToLook(looking, side);
      opened.push(session);
      if (looking.signal.aborted) drop();
      return { session, listing: await listAccount(session) };
    };
    const sides = await Promise.allSettled([open('source'), open('destination')]);
    for (const side of sides) if (side.status === 'rejected') throw side.reason;
    const [source, destination] = sides.map((side) => (side.status === 'fulfilled' ? side.value : null));
    if (!source || !destination) throw new Error('unreachable: both sides were opened');
    return await forecast(looking, source, destination);
  } finally {
    looking.signal.removeEventListener('abort', drop);
    for (const { wire } of opened) void wire.leave();
  }
}

async function openToLook(
  { batch, row, credentials, trust, connect, clock, signal }: Looking,
  side: Side,
): Promise<Session> {
  const credential = await credentials.get(side, row, false);
  return openSession({
    side,
    endpoint: batch[side],
    trust: trust[side],
    login: { ...loginName(batch[side], row, side === 'source' ? row.sourceUser : row.destinationUser), credential },
    connect,
    clock,
    signal,
    onNotice: () => {},
    changes: 'refused',
  });
}

interface Opened {
  readonly session: Session;
  readonly listing: Listing;
}

async function forecast(looking: Looking, source: Opened, destination: Opened): Promise<MailboxForecast> {
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

const unlisted = (side: Side, { failures }: Listing): readonly FolderRefusal[] =>
  failures.map(({ name, line }) => ({
    folder: name === null ? null : sanitise(name),
    side,
    response: sanitise(line),
  }));

async function forecastFolder(
  { batch, known }: Looking,
  desk: Desk,
  pair: FolderPair,
  { session, listing }: Opened,
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
