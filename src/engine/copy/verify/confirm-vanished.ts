import type { UidSet } from '../../../store/uid/uid-set.js';
import { fetchUids } from '../../imap/commands/scan.js';
import { finding } from '../../responses/finding.js';
import { sourceKeepsBack } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { confirmAbsent } from '../scan/confirm-absent.js';
import { failMessages } from '../transfer/fail-messages.js';

const listedAnother = finding(
  { key: 'listed another' },
  'corruption',
  'message',
  'skip-message',
  'engine:listed-another',
  { key: 'listed another' },
);

/**
 * Asks once more for messages that were listed and then called gone: a message that vanishes is settled and never
 * tried again, so one wrong answer would lose it in silence.
 *
 * @throws Refused, ConnectionLost
 */
export async function confirmVanished(context: CopyContext, job: FolderJob): Promise<void> {
  const { ledger, pair, progress } = job;
  const vanished = ledger.vanished.intersect(job.listed.listed);
  const absent = await confirmAbsent(context.connections.source.scan, pair.source.wire, vanished);
  await enterUnlisted(context, job, absent);
  const there = vanished.minus(absent);
  if (there.isEmpty) return;
  ledger.unsettle(there);
  progress.vanished(-there.size);
  failMessages(context, job, there, { side: 'source', command: 'UID FETCH', ...sourceKeepsBack });
}

/**
 * A listed message that is not there may never have been: then its row stood in the place of another's, and the count
 * of the folder was right. What is there now and was not listed is entered, so that the next run copies it.
 */
async function enterUnlisted(context: CopyContext, job: FolderJob, absent: UidSet): Promise<void> {
  const { ledger, listed, opened, pair } = job;
  // Above lies what has arrived since, which the next run finds by itself.
  const last = opened.uidNext === null ? listed.listed.last : opened.uidNext - 1;
  if (absent.isEmpty || last === undefined || last < 1) return;
  const there = await fetchUids(context.connections.source.scan, pair.source.wire, `1:${last}`);
  const known = [listed.listed, ledger.settledSources(), ledger.failed, ...ledger.skips.map(({ uids }) => uids)];
  const unlisted = known.reduce((left, uids) => left.minus(uids), there);
  if (!unlisted.isEmpty)
    failMessages(context, job, unlisted, { side: 'source', command: 'UID FETCH', ...listedAnother });
}
