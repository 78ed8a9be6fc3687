import type { ErrorLedger } from '../../../store/errors/error-ledger.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { leftOutByDate } from '../../copy/prepare/left-out-by-date.js';
import type { Preparation } from '../../copy/prepare/preparation.js';
import type { FolderTally } from './tally.js';

/** The places where the progress of a folder is kept. */
interface Kept {
  readonly tally: FolderTally;
  readonly ledger: UidLedger;
  readonly errors: Pick<ErrorLedger, 'failed' | 'isFailed'>;
  /** Failed in this run, by source folder. */
  readonly failed: Map<string, UidSet>;
  /** Counts have changed. `stored`: messages arrived. */
  readonly changed: (how: 'stored' | 'other') => void;
}

/** Counts the messages of a folder as each is settled or fails. */
export function folderProgress(kept: Kept): Omit<Preparation['progress'], 'opened'> {
  const { tally, changed } = kept;
  const failures = failureCount(kept);
  const counted = (how: 'stored' | 'other') => {
    failures.recount();
    changed(how);
  };
  return {
    ...listingProgress(kept, failures, counted),
    failed: failures.failed,
    stored: (count, bytes) => {
      tally.settledBytes(bytes);
      tally.copied += count;
      tally.bytesCopied += bytes;
      counted('stored');
    },
    skipped: (count) => {
      tally.settledOfUnknownSize(count);
      tally.skipped += count;
      changed('other');
    },
    takenBack: (count, bytes) => {
      tally.settledBytes(-bytes);
      tally.copied = Math.max(0, tally.copied - count);
      tally.bytesCopied = Math.max(0, tally.bytesCopied - bytes);
      changed('other');
    },
    vanished: (count) => {
      tally.settledOfUnknownSize(count);
      tally.vanished += count;
      counted('other');
    },
  };
}

interface FailureCount {
  readonly failed: Preparation['progress']['failed'];
  /** Counts again after anything that may have settled a failed message. */
  readonly recount: () => void;
  readonly countAnew: () => void;
}

/**
 * Counts the failed messages. A message counts as failed for as long as its failure is open, also while it is tried
 * again.
 */
function failureCount({ tally, ledger, errors, failed, changed }: Kept): FailureCount {
  let failures = ledger.failures;
  const countAnew = () => {
    tally.failed = ledger.unsettled(errors.failed(tally.source)).size;
    failures = ledger.failures;
  };
  return {
    countAnew,
    recount: () => {
      if (ledger.failures !== failures) countAnew();
    },
    failed: (uids, bytes) => {
      tally.settledBytes(bytes);
      for (const uid of uids) if (!errors.isFailed(tally.source, uid)) tally.failed++;
      failures = ledger.failures;
      failed.set(tally.source, (failed.get(tally.source) ?? new UidSet()).union(UidSet.from(uids)));
      changed('other');
    },
  };
}

/** Counts the messages that the source lists, and those that the destination has already. */
function listingProgress(
  { tally, ledger, changed }: Kept,
  failures: Pick<FailureCount, 'countAnew'>,
  counted: (how: 'other') => void,
): Pick<Preparation['progress'], 'refused' | 'found' | 'matched'> {
  let voided: Voided = { copied: 0, bytes: 0 };
  return {
    refused: (messages) => {
      // Messages that were copied before stay counted. Messages that came since count as left.
      tally.total = Math.max(tally.total, messages);
      changed('other');
    },
    found: (total, bytes, before, carried) => {
      tally.carried = carried;
      voided = countFound(tally, ledger, { total, bytes, before });
      failures.countAnew();
      tally.bytesUnsettled = bytes;
      tally.bytesTotal = Math.max(tally.bytesTotal, tally.bytesCopied + bytes);
      changed('other');
    },
    matched: (count, bytes) => {
      tally.settledBytes(bytes);
      // Messages that were copied before their pairs became void are found again: they count as copied, not as there
      // before us.
      const again = Math.min(count, voided.copied);
      tally.copied += again;
      tally.matched += count - again;
      if (again > 0) tally.bytesCopied += Math.min(bytes, voided.bytes);
      voided = { copied: 0, bytes: 0 };
      counted('other');
    },
  };
}

/** Messages that were counted as copied, until a new UIDVALIDITY removed them from the UID ledger. */
interface Voided {
  readonly copied: number;
  readonly bytes: number;
}

/** The figures that the list of a folder gives. */
interface Found {
  readonly total: number;
  /** Bytes of messages that are not settled. */
  readonly bytes: number;
  /** How many of the total were settled before the folder was listed. */
  readonly before: number;
}

function countFound(tally: FolderTally, ledger: UidLedger, { total, bytes, before }: Found): Voided {
  const { skipped, vanished } = ledger.counts();
  tally.outside = leftOutByDate(ledger).size;
  const earlier = { total: tally.total, copied: tally.copied, bytes: tally.bytesCopied };
  tally.total = total;
  tally.skipped = skipped - tally.outside;
  tally.vanished = vanished;
  // The pairs are void, so mail at the destination is matched afresh, and counted anew.
  tally.matched = Math.min(tally.matched, Math.max(0, before - skipped - vanished));
  tally.copied = Math.max(0, before - skipped - vanished - tally.matched);
  // Mail that was copied into a folder that is gone is copied again, and counted again.
  if (tally.copied === 0) {
    tally.bytesCopied = 0;
    return { copied: earlier.copied, bytes: earlier.bytes };
  }
  // After a crash the UID ledger may be ahead of the counts. Of the same messages, those that are not left were copied.
  if (total === earlier.total && tally.copied === before && tally.copied !== earlier.copied)
    tally.bytesCopied = Math.max(tally.bytesCopied, tally.bytesTotal - bytes);
  return { copied: 0, bytes: 0 };
}
