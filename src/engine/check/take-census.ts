import { optionsOf } from '../../store/batch/options-of.js';
import type { Side } from '../../words/side.js';
import { isAllMail } from '../copy/map/special-use.js';
import { type BothSidesOf, type OpenedSide, withBothSides } from '../dry-run/both-sides.js';
import { type FolderAtHand, lookIntoFolders } from '../dry-run/look-into-folders.js';
import { readInboxId } from '../imap/commands/mailbox-id.js';
import { readQuota, readQuotaRoots, tightest } from '../imap/commands/quota.js';
import { validUidValidity } from '../imap/grammar/counters.js';
import { hasUidPlus } from '../imap/session/has-uidplus.js';
import { Refused, refusedOr } from '../imap/session/refused.js';
import { sanitise } from '../responses/sanitise.js';
import type { Census, FolderCensus } from './census.js';
import { askThere, type FolderThere, openInboxThere } from './folder-there.js';
import { doubtAbout } from './name-doubts.js';
import { serverSeen } from './server-seen.js';
import { busiestOf, type Days, Tally } from './tally.js';
import { scratchFoldersIn } from './write-test/scratch-folder.js';

/**
 * Looks at one mailbox on both sides: folders, counts, sizes, dates, quota. Sends no command that may change something.
 *
 * @throws LoginFailed, CredentialMissing, Refused, ConnectionLost
 */
export function takeCensus(looking: BothSidesOf): Promise<Census> {
  return withBothSides(looking, (source, destination) => census(looking, source, destination));
}

async function census(looking: BothSidesOf, source: OpenedSide, destination: OpenedSide): Promise<Census> {
  const { row } = looking;
  const days: Days = new Map();
  const asked = Promise.all([
    readQuota(source.session),
    readQuotaRoots(destination.session, 'INBOX'),
    refusedOr(openInboxThere(destination)),
    row.userRoot === null ? readInboxId(source.session) : null,
    readInboxId(destination.session),
  ]);
  const counting = lookIntoFolders(looking, source, destination, async (folder) => {
    const [counted, there] = await Promise.all([
      folderCensus(looking, destination, folder, days),
      askThere(destination, folder.pair),
    ]);
    return { ...counted, ...there };
  });
  const [[ofSource, ofDestination, inbox, sourceInbox, destinationInbox], { map, refused, ...seen }] =
    await Promise.all([asked, counting]);
  return {
    mailbox: row.email,
    ...seen,
    refused: inbox instanceof Refused ? [...refused, inboxRefused(inbox)] : refused,
    quota: { source: ofSource, destination: tightest(ofDestination ?? []) },
    inboxRoots: (ofDestination ?? []).map(({ name }) => name),
    inbox: inbox instanceof Refused ? null : inbox,
    busiest: busiestOf(days),
    warnings: map.warnings,
    unreadable: [...unreadableRows('source', source), ...unreadableRows('destination', destination)],
    tellsUids: hasUidPlus(destination.session.capabilities),
    servers: { source: serverSeen(source), destination: serverSeen(destination) },
    known: { source: source.listing.known, destination: destination.listing.known },
    inboxId: { source: sourceInbox, destination: destinationInbox },
    scratchLeft: scratchFoldersIn(destination.listing).map(({ test }) => test.folder),
  };
}

const inboxRefused = ({ side, line }: Refused) => ({ folder: 'INBOX', side, response: sanitise(line) });

type Counted = Omit<FolderCensus, keyof FolderThere>;

const unreadableRows = (side: Side, { listing: { unreadable } }: OpenedSide) =>
  unreadable.map(({ row }) => ({ side, row: sanitise(row) }));

async function folderCensus(
  { batch, row, clock }: BothSidesOf,
  { listing }: OpenedSide,
  folder: FolderAtHand,
  days: Days,
): Promise<Counted> {
  const { pair, there } = folder;
  const { delimiter, known } = listing;
  const limit = folder.limit?.bytes ?? null;
  const tally = new Tally(limit, { ...optionsOf(batch.options, row), now: clock.now() }, days);
  const carried = { messages: 0, bytes: 0 };
  const { uidValidity } = await folder.list((message) => {
    if (!folder.elsewhere.has(message.uid)) return tally.add(message);
    carried.messages++;
    carried.bytes += message.size ?? 0;
  });
  return {
    source: sanitise(pair.source.name),
    destination: sanitise(pair.destination.name),
    isNew: !pair.exists,
    ...tally.tally,
    carried,
    limit,
    there,
    uidValidity: validUidValidity(uidValidity),
    isAllMail: isAllMail(pair.source),
    doubt: pair.exists ? null : doubtAbout(pair.destination.name, delimiter, known.name),
  };
}
