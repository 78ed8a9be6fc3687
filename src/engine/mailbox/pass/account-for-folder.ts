import { UidSet } from '../../../store/uid/uid-set.js';
import { balances, type SourceAccount, sourceAccount } from '../../account/source-folder.js';
import { notSeenIn, unaccounted } from '../../copy/findings.js';
import type { CopyContext, FolderJob } from '../../copy/job.js';
import { failMessages } from '../../copy/transfer/fail-messages.js';

/** Enters the messages that a folder falls short of, once all of its messages were answered. */
export function accountForFolder(context: CopyContext, job: FolderJob): void {
  const account = accountOf(job);
  if (balances(account)) return;
  const { left, notSeen } = account;
  if (!left.isEmpty) failMessages(context, job, left, { side: 'source', command: 'account', ...unaccounted });
  // The scan has entered the messages that it could not name. This entry is for those that it did not notice.
  const more = notSeen - job.notSeen;
  if (more <= 0) return;
  const folder = job.pair.source.name;
  context.fail({ side: 'source', command: 'account', folder, uids: new UidSet(), ...notSeenIn(more) });
}

function accountOf({ ledger, listed, elsewhere }: FolderJob): SourceAccount {
  const skipped = new UidSet();
  for (const { uids } of ledger.skips) skipped.addAll(uids);
  const carried = ledger.carried.union(elsewhere.accounted());
  return sourceAccount(listed, {
    settled: ledger.settledSources(),
    carried,
    failed: ledger.failed,
    skipped,
    vanished: ledger.vanished,
  });
}
