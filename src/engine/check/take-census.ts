import { inParallel } from '../../store/documents/in-parallel.js';
import { mapFolders } from '../copy/map/folder-map.js';
import type { FolderPair } from '../copy/map/folder-pair.js';
import { appendLimit, ceiling } from '../copy/prepare/append-limit.js';
import { type BothSidesOf, type OpenedSide, unlisted, withBothSides } from '../dry-run/both-sides.js';
import type { FolderRefusal } from '../dry-run/forecast.js';
import { Desk } from '../imap/commands/desk.js';
import { readInboxId } from '../imap/commands/mailbox-id.js';
import { readQuota } from '../imap/commands/quota.js';
import { scanMessages } from '../imap/commands/scan.js';
import { hasAttribute } from '../imap/grammar/layout.js';
import { Refused } from '../imap/session/refused.js';
import { sanitise } from '../responses/sanitise.js';
import type { Census, FolderCensus } from './census.js';
import { busiestOf, type Days, Tally } from './tally.js';

/** Folders that are asked for ahead on one connection. */
const AT_ONCE = 8;

/**
 * Looks at one mailbox on both sides: folders, counts, sizes, dates, quota. Sends no command that may change something.
 *
 * @throws LoginFailed, CredentialMissing, Refused, LineLost
 */
export function takeCensus(looking: BothSidesOf): Promise<Census> {
  return withBothSides(looking, (source, destination) => census(looking, source, destination));
}

async function census(looking: BothSidesOf, source: OpenedSide, destination: OpenedSide): Promise<Census> {
  const { batch, row } = looking;
  const map = mapFolders(source.listing, destination.listing, { ...batch.options, userRoot: row.userRoot });
  const refused: FolderRefusal[] = [
    ...unlisted('source', source.listing),
    ...unlisted('destination', destination.listing),
  ];
  const desk = new Desk(source.session, 'EXAMINE');
  const days: Days = new Map();
  const asked = Promise.all([
    readQuota(source.session),
    readQuota(destination.session),
    row.userRoot === null ? readInboxId(source.session) : null,
    readInboxId(destination.session),
  ]);
  const pairs = map.pairs.filter(({ selectable }) => selectable);
  const counting = inParallel(pairs, AT_ONCE, async (pair): Promise<FolderCensus | null> => {
    try {
      return await folderCensus(looking, desk, pair, destination, days);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ folder: sanitise(pair.source.name), side: error.side, response: sanitise(error.line) });
      return null;
    }
  });
  const [[ofSource, ofDestination, sourceInbox, destinationInbox], counted] = await Promise.all([asked, counting]);
  return {
    mailbox: row.email,
    folders: counted.filter((folder) => folder !== null),
    quota: { source: ofSource, destination: ofDestination },
    limit: ceiling(appendLimit(destination.session.capabilities, { appendLimit: null }), batch.options.maxSize),
    busiest: busiestOf(days),
    leftOut: map.leftOut.map(({ name, why }) => ({ name: sanitise(name), why: sanitise(why) })),
    warnings: map.warnings,
    refused,
    tellsUids: destination.session.capabilities.has('UIDPLUS') || destination.session.capabilities.has('IMAP4REV2'),
    hasLabels: source.session.capabilities.has('X-GM-EXT-1'),
    inboxId: { source: sourceInbox, destination: destinationInbox },
  };
}

async function folderCensus(
  { batch }: BothSidesOf,
  desk: Desk,
  pair: FolderPair,
  { session, listing }: OpenedSide,
  days: Days,
): Promise<FolderCensus> {
  const status = listing.statuses.get(pair.destination.wire);
  const ofServer = appendLimit(session.capabilities, { appendLimit: status?.appendLimit ?? null });
  const limit = ceiling(ofServer, batch.options.maxSize)?.bytes ?? null;
  const tally = new Tally(limit, batch.options.deleted, days);
  const opening = desk.reopen(pair.source.wire);
  const scan = scanMessages(desk, pair.source.wire, '1:*', 'sizes, dates and flags', (row) => tally.add(row));
  const [opened, scanned] = await Promise.allSettled([opening, scan]);
  if (opened.status === 'rejected') throw opened.reason;
  const { uidValidity, messages } = opened.value;
  // Some servers refuse to list what is empty.
  if (scanned.status === 'rejected' && messages !== 0) throw scanned.reason;
  return {
    source: sanitise(pair.source.name),
    destination: sanitise(pair.destination.name),
    isNew: !pair.exists,
    ...tally.tally,
    limit,
    there: status?.messages ?? (pair.exists ? null : 0),
    // RFC 9051 section 9: it is never 0.
    uidValidity: uidValidity === '0' ? null : uidValidity,
    isAllMail: hasAttribute(pair.source, '\\All', '\\AllMail'),
  };
}
