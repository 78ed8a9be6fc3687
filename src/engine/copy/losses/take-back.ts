import type { UidSet } from '../../../store/uid/uid-set.js';
import type { Finding } from '../../responses/finding.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { SentTable } from '../sent.js';
import { failMessages } from '../transfer/fail-messages.js';

/** The folder whose messages are taken back. */
export interface Losing {
  readonly pair: { readonly source: { readonly name: string } };
  readonly ledger: FolderJob['ledger'];
  readonly todo: Pick<FolderJob['todo'], 'sizeOf'>;
  readonly sent: Pick<SentTable, 'get'>;
  readonly progress: Pick<FolderJob['progress'], 'failed' | 'takenBack'>;
}

/**
 * Opens messages again that the destination answered OK to and does not hold: they count as copied no more, and are
 * open in the error ledger. The next run, or a retry, sends them again unless it finds them in the folder. A list that
 * lost a row, or a wrong UID, looks from here like a message that was not stored.
 *
 * @param uids  source UIDs; those that are not settled are left alone
 */
export function takeBack(
  context: Pick<CopyContext, 'fail'>,
  job: Losing,
  uids: UidSet,
  { response, verdict }: Finding,
): void {
  const { ledger, sent, progress } = job;
  const settled = uids.intersect(ledger.settledSources());
  if (settled.isEmpty) return;
  let bytes = 0;
  for (const uid of settled) bytes += sent.get(uid)?.size ?? 0;
  ledger.unsettle(settled);
  ledger.dropFloor();
  progress.takenBack(settled.size, bytes);
  failMessages(context, job, settled, { side: 'destination', command: 'read back', response, verdict });
}
