import { UidSet } from '../../../store/uid/uid-set.js';
import type { FolderJob } from '../../copy/job.js';
import { findFiledElsewhere } from '../../copy/losses/filed-elsewhere.js';
import type { Stood } from '../../copy/losses/look-later.js';
import { notSeenLater } from '../../copy/losses/loss-findings.js';
import { lostIn } from '../../copy/losses/not-kept.js';
import type { Desk } from '../../imap/commands/desk.js';
import { isDeletedFlag } from '../../imap/grammar/flags.js';
import { lookWhether } from './look-whether-kept.js';
import type { PassParts } from './pass-parts.js';
import type { FolderTally } from './tally.js';

/**
 * Looks whether the destination keeps what this pass stored, after the connections that stored it have ended: some
 * servers drop messages then. A folder whose counts have not changed is only opened. A pass that stored nothing asks
 * nothing.
 *
 * @param jobs    all folders whose messages were answered
 * @param copied  `by COPY`: the connection that reads back has stored messages, too
 * @throws LoginFailed, ConnectionLost, UidValidityChanged
 */
export async function proveKept(
  parts: PassParts,
  jobs: Iterable<FolderJob>,
  tallies: readonly FolderTally[],
  copied: 'by APPEND' | 'by COPY',
): Promise<void> {
  const { read } = parts.context.connections.destination;
  const owing = [...jobs].filter(
    ({ ledger, todo }) => !ledger.unproven.isEmpty || (todo.length > 0 && !ledger.unknown.isEmpty),
  );
  if (owing.length === 0) return;
  const stood = new Map(owing.map(({ pair: { destination } }) => [destination.wire, stoodAt(read, destination.wire)]));
  // Some servers expunge what is marked \Deleted when a session ends that had the folder open.
  const hasMarked = owing.some(({ sent }) => sent.withFlag(isDeletedFlag)[Symbol.iterator]().next().done === false);
  const later = await parts.open.afterStoring(copied === 'by COPY' || hasMarked ? 'all' : 'storing');
  if ('limit' in later) {
    const finding = notSeenLater(later.limit);
    parts.context.fail({ side: 'destination', command: 'read back', folder: null, uids: new UidSet(), ...finding });
    return;
  }
  const { session, desk } = later;
  // Others expunge it on STATUS. Only the command matters, its answer is of no use.
  if (hasMarked) for (const { pair } of owing) desk.status(pair.destination.wire).catch(() => {});
  const bySource = new Map(tallies.map((tally) => [tally.source, tally]));
  await Promise.all(
    owing.map(async (job) => {
      const tally = bySource.get(job.pair.source.name);
      if (tally) await lookWhether(parts, desk, { ...job, tally }, stood.get(job.pair.destination.wire) ?? null);
    }),
  );
  const { context, open, record, memory } = parts;
  const lost = owing.flatMap((job) => {
    const { name } = job.pair.source;
    const uids = lostIn(record.errors.entries, name).intersect(memory.failed.get(name) ?? new UidSet());
    return uids.isEmpty ? [] : [{ job, uids }];
  });
  const knownIn = (folder: string) => knownTo(owing, folder);
  await findFiledElsewhere(context, { session, desk, before: open.listings.destination, knownIn }, lost);
}

/** UIDs of a destination folder under which this pass knows its own messages. */
function knownTo(jobs: readonly FolderJob[], folder: string): UidSet {
  const known = new UidSet();
  for (const { pair, ledger } of jobs) if (pair.destination.wire === folder) known.addAll(ledger.destinationsKnown());
  return known;
}

const stoodAt = (desk: Desk, folder: string): Stood => ({
  messages: desk.exists(folder),
  uidNext: desk.lastOpened(folder)?.uidNext ?? null,
});
