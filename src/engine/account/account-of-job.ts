import type { UidLedger } from '../../store/uid-ledger.js';
import { UidSet } from '../../store/uid-set.js';
import { type SourceAccount, sourceAccount } from './source-folder.js';

/** A folder whose messages were all answered. */
interface Job {
  readonly ledger: Pick<UidLedger, 'settledSources' | 'failed' | 'vanished' | 'skips'>;
  readonly listed: UidSet;
  readonly settledBefore: number;
  readonly opened: { readonly messages: number | null };
}

/** The account of a source folder by its UID ledger, where all of its messages were answered. */
export function accountOf({ ledger, listed, settledBefore, opened }: Job): SourceAccount {
  const skipped = new UidSet();
  for (const { uids } of ledger.skips) skipped.addAll(uids);
  return sourceAccount(
    { exists: opened.messages, listed, settledBefore, goneBefore: 0 },
    { settled: ledger.settledSources(), failed: ledger.failed, skipped, vanished: ledger.vanished },
  );
}
