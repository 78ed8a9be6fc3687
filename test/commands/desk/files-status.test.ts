import { expect, it } from 'vitest';
import { statusOfFiles } from '../../../src/commands/desk/files-status.js';
import { BatchStore } from '../../../src/store/batch/batch-store.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { nightBatch } from '../../support/night-batch.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';

const NOW = 1_800_000_000_000;
const BATCH = { ...nightBatch({ users: ['ann'], now: NOW - 1 }), name: 'school' };
const [{ id: ANN } = expect.unreachable('no mailbox')] = BATCH.mailboxes;
const FOLDER = {
  uidValidity: '1',
  modseq: null,
  settledAt: null,
  destination: 'INBOX',
};

it('shows a server’s texts without what a terminal would act on, as a running engine does', async () => {
  const world = { disk: new MemoryDisk(), now: () => NOW, monotonic: () => NOW, onFallback: () => undefined };
  const record = await new BatchStore('school', '/batch', BATCH, world).mailbox(ANN);
  const counts = { total: 3, copied: 1, matched: 0, skipped: 0, failed: 1, vanished: 0, left: 1 };
  record.data.folders = [
    { ...FOLDER, source: 'IN\u001b[2JBOX', counts: { ...counts, bytesTotal: 30, bytesCopied: 10 } },
  ] as unknown as typeof record.data.folders;
  record.errors.record({
    ...{ side: 'destination', command: 'APPEND', folder: 'INBOX', uids: [1], at: 1_000 },
    response: 'NO \u001b]0;all is well\u0007',
    verdict: {
      ...{ kind: 'quota', code: null, scope: 'message', next: 'skip-message', waitSeconds: 0 },
      ...{ advice: { key: 'nothing' }, rule: 'r', grounds: OF_A_RESPONSE },
    },
  });
  const records = new Map([[ANN, record]]);
  const status = statusOfFiles(
    BATCH,
    { records, decisions: { last: 0, all: [] } as never, looks: { of: () => null } },
    NOW,
  );
  expect(JSON.stringify(status)).not.toMatch(/\\u001b|\\u0007/);
  expect(status.mailboxes[0]).toMatchObject({ counts: { total: 3, left: 1 }, errors: 1 });
  expect(status.batch).toMatchObject({ counts: { total: 3, left: 1 }, errors: 1, expected: 3, mailboxes: 1 });
});
