import { describe, expect, it } from 'vitest';
import type { MailboxState } from '../../src/engine/protocol.js';
import { nodeContext } from '../../src/store/context.js';
import { ledgerId, MailboxRecord } from '../../src/store/mailbox.js';
import type { StoredMailboxState } from '../../src/store/mailbox-state.js';
import { MemoryDisk } from '../../src/store/memory-disk.js';
import type { Verdict } from '../../src/words/verdict.js';

const INBOX = { source: 'INBOX', destination: 'INBOX' };
const VERDICT: Verdict = {
  kind: 'transient',
  code: 'UNAVAILABLE',
  scope: 'message',
  next: 'retry',
  waitSeconds: 0,
  advice: '',
  rule: 'r',
  reason: '',
};
const FAILED = {
  side: 'destination',
  command: 'APPEND',
  folder: 'INBOX',
  uids: [1, 2, 3],
  response: 'NO [UNAVAILABLE] no',
  verdict: VERDICT,
  at: 5,
} as const;

describe('the record of a mailbox', () => {
  it('is nothing on the disk before it is first written, and the same after a restart', async () => {
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk };
    const record = await MailboxRecord.open('/b/mailboxes/ann', 'ann', context);
    expect(record.data.state).toEqual({ kind: 'queued', startsAt: null, why: '' });
    expect(disk.files.size).toBe(0);
    record.data.state = { kind: 'held', because: 'wrong password', asks: 'the password of ann' };
    record.data.attempts = 3;
    record.data.passes.push({ startedAt: 1, endedAt: null });
    record.data.folders.push({
      ...INBOX,
      ledgerId: ledgerId(INBOX),
      counts: { ...record.data.counts, total: 9 },
      settledAt: {
        uidValidity: '4294967295',
        uidNext: 4_294_967_296,
        highestModseq: '9223372036854775807',
        messages: 9,
        destinationUidValidity: '3',
      },
    });
    record.errors.record(FAILED);
    await record.write();
    const again = await MailboxRecord.open('/b/mailboxes/ann', 'ann', context);
    expect(again.data).toEqual(record.data);
    const held = again.data;
    await again.write();
    held.attempts = 4;
    await again.write();
    await record.read();
    expect(record.data.attempts).toBe(4);
    expect(again.errors.failed('INBOX').toString()).toBe('1:3');
  });

  it('gives one ledger a pair of folders, in a file whose name no folder can spoil', async () => {
    const disk = new MemoryDisk();
    const record = await MailboxRecord.open('/b/m', 'm', { ...nodeContext, disk });
    const pair = { source: '../../etc/\u0000passwd', destination: 'A' };
    const ledger = await record.ledger(pair);
    expect(await record.ledger({ ...pair })).toBe(ledger);
    expect(ledgerId({ source: 'A', destination: pair.source })).not.toBe(ledgerId(pair));
    await ledger.checkpoint();
    expect([...disk.files.keys()]).toEqual([`/b/m/folders/${ledgerId(pair)}.json`]);
    expect(ledgerId(pair)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('mends after a crash what the two ledgers say differently: settled means no open error', async () => {
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk };
    const before = await MailboxRecord.open('/b/m', 'm', context);
    before.errors.record(FAILED);
    await before.write();
    const ledger = await before.ledger(INBOX);
    ledger.begin({ sourceUidValidity: '1', destinationUidValidity: '2', floor: 1 });
    ledger.settle([1], [1]);
    ledger.clearFailed([2]);
    ledger.fail([9]);
    await ledger.checkpoint();

    const record = await MailboxRecord.open('/b/m', 'm', context);
    const mended = await record.ledger(INBOX);
    expect(record.errors.failed('INBOX').toString()).toBe('2:3');
    expect(mended.failed.toString()).toBe('2:3');
  });

  it('takes for skipped what the UID ledger says that an operator skipped, and lets nothing of it be forgotten', async () => {
    const context = { ...nodeContext, disk: new MemoryDisk() };
    const before = await MailboxRecord.open('/b/m', 'm', context);
    before.errors.record(FAILED);
    await before.write();
    const ledger = await before.ledger(INBOX);
    ledger.begin({ sourceUidValidity: '1', destinationUidValidity: '2', floor: 1 });
    ledger.skip([1, 2], 'kim', 'newsletters');
    await ledger.checkpoint();

    const record = await MailboxRecord.open('/b/m', 'm', context);
    await record.ledger(INBOX);
    expect([String(record.errors.failed('INBOX')), String(record.errors.skippedIn('INBOX'))]).toEqual(['3', '1:2']);
  });

  it('remembers exactly the states that the engine publishes', () => {
    const published: MailboxState = { kind: 'backing-off', until: 1, because: 'x' };
    const stored: StoredMailboxState = published;
    const back: MailboxState = stored satisfies StoredMailboxState;
    const kinds: StoredMailboxState['kind'] extends MailboxState['kind']
      ? MailboxState['kind'] extends StoredMailboxState['kind']
        ? 'same'
        : never
      : never = 'same';
    expect([back.kind, kinds]).toEqual(['backing-off', 'same']);
  });
});
