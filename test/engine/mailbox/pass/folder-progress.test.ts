import { describe, expect, it } from 'vitest';
import { folderProgress } from '../../../../src/engine/mailbox/pass/folder-progress.js';
import { FolderTally } from '../../../../src/engine/mailbox/pass/tally.js';
import type { UidLedger } from '../../../../src/store/ledger/uid-ledger.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

/** A folder of ten messages of 100 bytes, as an earlier run has left its counts. */
function earlier(counts: Partial<FolderTally>) {
  const tally = new FolderTally('INBOX', 'INBOX');
  Object.assign(tally, { total: 10, bytesTotal: 1000, ...counts });
  const ledger = {
    failures: 0,
    skips: [],
    counts: () => ({ skipped: 0, vanished: 0 }),
    unsettled: (uids: UidSet) => uids,
  } as unknown as UidLedger;
  const errors = { failed: () => new UidSet(), isFailed: () => false };
  return { tally, progress: folderProgress({ tally, ledger, errors, failed: new Map(), changed: () => {} }) };
}

describe('messages that are found again after UIDVALIDITY changed', () => {
  it('stay counted as copied, with their bytes', () => {
    const { tally, progress } = earlier({ copied: 7, bytesCopied: 700 });
    progress.found(10, 1000, 0, 0);
    progress.matched(7, 700);
    expect(tally.counts).toMatchObject({ copied: 7, matched: 0, bytesCopied: 700, left: 3 });
  });

  it('are matched as far as they are more than were copied', () => {
    const { tally, progress } = earlier({ copied: 4, matched: 3, bytesCopied: 400 });
    progress.found(10, 1000, 0, 0);
    progress.matched(9, 900);
    expect(tally.counts).toMatchObject({ copied: 4, matched: 5, bytesCopied: 400, left: 1 });
  });

  it('are matched where nothing was copied before', () => {
    const { tally, progress } = earlier({});
    progress.found(10, 1000, 0, 0);
    progress.matched(7, 700);
    expect(tally.counts).toMatchObject({ copied: 0, matched: 7, bytesCopied: 0 });
  });
});

describe('the bytes of a folder whose counts are older than its UID ledger', () => {
  it('are all that is not left to copy', () => {
    const { tally, progress } = earlier({ copied: 4, bytesCopied: 400 });
    progress.found(10, 300, 7, 0);
    expect(tally.counts).toMatchObject({ copied: 7, bytesCopied: 700, bytesTotal: 1000 });
  });

  it('are left alone where messages were there before us, whose size nobody keeps', () => {
    const { tally, progress } = earlier({ copied: 4, matched: 1, bytesCopied: 400 });
    progress.found(10, 300, 7, 0);
    expect(tally.counts).toMatchObject({ copied: 6, matched: 1, bytesCopied: 400 });
  });

  it('are left alone where new mail came', () => {
    const { tally, progress } = earlier({ copied: 4, bytesCopied: 400 });
    progress.found(12, 500, 7, 0);
    expect(tally.counts).toMatchObject({ copied: 7, bytesCopied: 400 });
  });
});
