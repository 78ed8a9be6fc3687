import type { MailboxRecord } from '../../../store/mailbox/mailbox.js';
import { ledgerId } from '../../../store/mailbox/mailbox.js';
import type { MailboxFolder } from '../../../store/mailbox/mailbox-document.js';
import { type DayRange, showDayRange } from '../../../words/days.js';
import { SIZE_ESTIMATE } from '../../copy/bodies/findings.js';
import type { CopyContext, FolderJob } from '../../copy/job.js';
import { leftOutDeleted } from '../../copy/prepare/left-out-deleted.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import type { FolderTally } from './tally.js';

/**
 * Notes a folder that was worked on to its end. If the source does not count its messages, or not all could be read
 * back, the note lets no later pass skip the folder by its counters.
 *
 * @param days  of which messages are copied
 * @param read  how much of the destination's folder could be read back
 * @param told  the source's STATUS of the folder before it was opened
 */
export function noteFolder(
  record: MailboxRecord,
  tally: FolderTally,
  job: Pick<FolderJob, 'ledger' | 'opened' | 'destinationUidValidity'>,
  days: DayRange,
  read: 'whole' | 'in part',
  told: FolderStatus | undefined,
): void {
  const pair = { source: tally.source, destination: tally.destination };
  const { counts } = tally;
  const { ledger, opened, destinationUidValidity } = job;
  const { messages, uidValidity } = opened;
  const isSettled = read === 'whole' && ledger.failed.isEmpty && counts.left === 0 && isTrue(told, opened);
  const settledAt =
    messages === null || !isSettled
      ? null
      : {
          ...{ ...opened, messages, destinationUidValidity, believed: 0 },
          leftOut: leftOutDeleted(ledger).size,
          days: showDayRange(days),
        };
  const proven = ledger.unproven.isEmpty;
  putFolder(record, { ...pair, ledgerId: ledgerId(pair), counts, uidValidity, settledAt, proven });
}

/**
 * Tells the record of sizes how many messages were copied before. Only the sizes of messages that arrived cut are asked
 * for again, and the others must not be forgotten.
 */
export function recallSizes(
  { connections }: CopyContext,
  { errors }: MailboxRecord,
  { source, copied }: FolderTally,
): void {
  const noted = errors.entries.filter(({ folder, verdict }) => folder === source && verdict.rule === SIZE_ESTIMATE);
  connections.source.sizes.recall(Math.max(0, copied - noted.reduce((sum, { uids }) => sum + uids.size, 0)));
}

/**
 * Whether STATUS told what EXAMINE saw. STATUS of some servers lags behind, so it may tell later what EXAMINE saw now.
 * Mail that arrived in between looks the same: the next pass looks into the folder.
 */
function isTrue(told: FolderStatus | undefined, opened: FolderJob['opened']): boolean {
  if (!told) return true;
  const { uidNext, messages } = told;
  return (uidNext === null || uidNext === opened.uidNext) && (messages === null || messages === opened.messages);
}

/**
 * Notes the folder under its UIDVALIDITY, so that its UIDs can be decided about before the folder is done.
 *
 * @returns what was noted, live
 */
export function noteOpened(
  record: MailboxRecord,
  { source, destination, counts }: FolderTally,
  uidValidity: string,
): MailboxFolder {
  const pair = { source, destination };
  const id = ledgerId(pair);
  const folder: MailboxFolder = { ...pair, ledgerId: id, counts, uidValidity, settledAt: null, proven: false };
  putFolder(record, folder);
  return folder;
}

/**
 * Ends the counting of folders that the source no longer has. Their UID ledgers stay, in case the folders come back.
 */
export function forgetGone({ data: { folders } }: MailboxRecord, tallies: readonly FolderTally[]): void {
  const there = new Set(tallies.map((tally) => ledgerId(tally)));
  folders.splice(0, folders.length, ...folders.filter((folder) => there.has(folder.ledgerId)));
}

/** Notes the counts of a folder when the pass ends, also of one that was broken off or could not be opened or made. */
export function noteCounts(record: MailboxRecord, { source, destination, counts }: FolderTally): void {
  const pair = { source, destination };
  const id = ledgerId(pair);
  const known = record.data.folders.find((folder) => folder.ledgerId === id);
  if (known) known.counts = counts;
  else if (counts.total > 0)
    putFolder(record, { ...pair, ledgerId: id, counts, uidValidity: null, settledAt: null, proven: false });
}

function putFolder({ data: { folders } }: MailboxRecord, folder: MailboxFolder): void {
  const isIt = ({ source, destination }: MailboxFolder) =>
    source === folder.source && destination === folder.destination;
  const at = folders.findIndex(isIt);
  if (at < 0) folders.push(folder);
  else folders[at] = folder;
}
