import type { BatchOptions } from '../../../store/batch/batch.js';
import type { MailboxFolder } from '../../../store/mailbox/mailbox-document.js';
import { showDayRange } from '../../../words/days.js';
import type { FolderStatus } from '../../imap/commands/status.js';

/** How both folders stand now, by STATUS. */
export interface SettledNow {
  readonly source: FolderStatus | undefined;
  readonly destination: FolderStatus | undefined;
}

/**
 * Passes in a row that may believe a folder's counters. Counters prove nothing forever: a server may give a UID and not
 * move UIDNEXT, or may have lost a message.
 */
const MOST_BELIEVED = 4;

/**
 * Whether the counters show that nothing is left to copy: all was settled, no UID was given at the source since then,
 * and no folder was made anew on either side. Every fifth pass looks into the folder all the same.
 */
export function nothingToDo(
  known: MailboxFolder | undefined,
  { source, destination }: SettledNow,
  { deleted, ...days }: Pick<BatchOptions, 'deleted' | 'since' | 'until'>,
): boolean {
  const settledAt = known?.settledAt;
  if (!settledAt || !source || !destination) return false;
  if (settledAt.uidNext === null || source.uidValidity === null) return false;
  // An attempt that broke off may have found more messages than the last look settled.
  if (known.counts.left > 0) return false;
  if (settledAt.believed >= MOST_BELIEVED) return false;
  // Messages that an earlier run left out for their \Deleted mark are copied by a run that leaves none out.
  if (settledAt.leftOut > 0 && deleted !== 'skip') return false;
  if (settledAt.days !== showDayRange(days)) return false;
  // A server that counts more messages without a new UID contradicts itself, and is not believed.
  if (source.messages === null || source.messages > settledAt.messages) return false;
  return (
    settledAt.uidValidity === source.uidValidity &&
    settledAt.uidNext === source.uidNext &&
    settledAt.destinationUidValidity === destination.uidValidity
  );
}

/**
 * Whether the source's counters stand still while mail arrives, by its INBOX: STATUS tells what the last look settled, and
 * the opening shows something else. Mail that arrives between the two looks the same, so the folders are only looked into.
 *
 * @param told    INBOX by STATUS
 * @param opened  INBOX by its opening a moment later; null: it was not opened
 */
export function countersStandStill(
  known: MailboxFolder | undefined,
  told: FolderStatus | undefined,
  opened: Pick<FolderStatus, 'uidNext' | 'messages'> | null,
): boolean {
  if (!told || opened === null || !(differ(told.uidNext, opened.uidNext) || differ(told.messages, opened.messages)))
    return false;
  const settledAt = known?.settledAt;
  return !settledAt || (settledAt.uidNext === told.uidNext && settledAt.messages === told.messages);
}

const differ = (told: number | null, seen: number | null) => told !== null && seen !== null && told !== seen;
