import { describe, expect, it } from 'vitest';
import type { MailboxState } from '../../../src/protocol/entities.js';
import { nodeContext, type StoreContext } from '../../../src/store/documents/context.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { Causes } from '../../../src/store/errors/causes.js';
import { ledgerId, MailboxRecord } from '../../../src/store/mailbox/mailbox.js';
import type { StoredMailboxState } from '../../../src/store/mailbox/mailbox-state.js';
import { NOTHING_NOTED } from '../../../src/store/mailbox/pass-schema.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import type { Verdict } from '../../../src/words/verdict.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';
import { CrashDisk } from '../crash-disk.js';

const INBOX = { source: 'INBOX', destination: 'INBOX' };
const VERDICT: Verdict = {
  kind: 'transient',
  code: 'UNAVAILABLE',
  scope: 'message',
  next: 'retry',
  waitSeconds: 0,
  advice: { key: 'nothing' },
  rule: 'r',
  grounds: OF_A_RESPONSE,
};
const says = (phrase: string) =>
  ({ key: 'response', status: 'NO', code: null, phrase, command: 'APPEND', side: 'destination' }) as const;
const FAILED = {
  side: 'destination',
  command: 'APPEND',
  folder: 'INBOX',
  uids: [1, 2, 3],
  response: 'NO [UNAVAILABLE] no',
  verdict: VERDICT,
  at: 5,
} as const;

/** As a batch opens it. */
async function open(folder: string, id: string, context: StoreContext): Promise<MailboxRecord> {
  return MailboxRecord.open(folder, id, new Causes('/b', context), context);
}

describe('the record of a mailbox', () => {
  it('has no file before it is first written, and is the same after a restart', async () => {
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk };
    const record = await open('/b/mailboxes/ann', 'ann', context);
    expect(record.data.state).toEqual({ kind: 'queued', startsAt: null, why: { key: 'not started' } });
    expect(disk.files.size).toBe(0);
    record.data.state = {
      kind: 'held',
      because: { key: 'told', text: 'wrong password' },
      asks: { key: 'as-written', text: 'the password of ann' },
    };
    record.data.attempts = 3;
    record.data.passes.push({ startedAt: 1, endedAt: null, ...NOTHING_NOTED });
    record.data.folders.push({
      ...INBOX,
      ledgerId: ledgerId(INBOX),
      counts: { ...record.data.counts, total: 9 },
      uidValidity: '4294967295',
      proven: true,
      settledAt: {
        uidValidity: '4294967295',
        uidNext: 4_294_967_296,
        highestModseq: '9223372036854775807',
        messages: 9,
        destinationUidValidity: '3',
        believed: 0,
        leftOut: 0,
        days: '',
      },
    });
    record.errors.record(FAILED);
    await record.write();
    const again = await open('/b/mailboxes/ann', 'ann', context);
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
    const record = await open('/b/m', 'm', { ...nodeContext, disk });
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
    const before = await open('/b/m', 'm', context);
    before.errors.record(FAILED);
    await before.write();
    const ledger = await before.ledger(INBOX);
    ledger.begin({ sourceUidValidity: '1', destinationUidValidity: '2', floor: 1 });
    ledger.settle([1], [1]);
    ledger.fail([9]);
    await ledger.checkpoint();

    const record = await open('/b/m', 'm', context);
    const mended = await record.ledger(INBOX);
    expect(record.errors.failed('INBOX').toString()).toBe('2:3');
    expect(mended.failed.toString()).toBe('2:3');
  });

  it('lets decisions say what was left out, whatever the UID ledger still has', async () => {
    const context = { ...nodeContext, disk: new MemoryDisk() };
    const before = await open('/b/m', 'm', context);
    before.errors.record(FAILED);
    before.errors.skip('INBOX', UidSet.range(1, 1));
    await before.write();
    const ledger = await before.ledger(INBOX);
    ledger.begin({ sourceUidValidity: '1', destinationUidValidity: '2', floor: 1 });
    ledger.skip([1, 2], 'decision 1', 'newsletters');
    await ledger.checkpoint();

    const record = await open('/b/m', 'm', context);
    await record.ledger(INBOX);
    expect([String(record.errors.failed('INBOX')), String(record.errors.skippedIn('INBOX'))]).toEqual(['2:3', '1']);
  });

  it('names causes that the batch keeps once, and has them on the disk before itself', async () => {
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk };
    const causes = new Causes('/b', context);
    const ann = await MailboxRecord.open('/b/ann', 'ann', causes, context);
    const bob = await MailboxRecord.open('/b/bob', 'bob', causes, context);
    ann.errors.record(FAILED);
    bob.errors.record({ ...FAILED, response: 'NO [UNAVAILABLE] no' });
    bob.errors.record({
      ...FAILED,
      uids: [4],
      response: 'NO [UNAVAILABLE] again',
      verdict: { ...VERDICT, waitSeconds: 9 },
    });
    const written: string[] = [];
    const { rename } = disk;
    disk.rename = (from, to) => {
      written.push(to);
      return rename.call(disk, from, to);
    };
    await ann.write();
    await bob.write();
    expect(written).toEqual(['/b/causes.json', '/b/ann/mailbox.json', '/b/causes.json', '/b/bob/mailbox.json']);
    expect(Object.keys(JSON.parse(disk.files.get('/b/causes.json') ?? '').causes)).toHaveLength(2);
    bob.errors.record({ ...FAILED, verdict: { ...VERDICT, waitSeconds: 9, grounds: says('9') } });
    bob.errors.record({ ...FAILED, uids: [5], folder: 'Sent', verdict: { ...VERDICT, grounds: says('10') } });
    await bob.write();
    expect(written.slice(4)).toEqual(['/b/bob/mailbox.json']);
    const again = await open('/b/bob', 'bob', context);
    expect(again.errors.entries).toEqual(bob.errors.entries);
  });

  it('never names a cause that a crash may have taken', async () => {
    const before = new MemoryDisk();
    const first = await open('/b/m', 'm', { ...nodeContext, disk: before });
    first.errors.record(FAILED);
    await first.write();
    const found: number[] = [];
    for (let steps = 0, died = true; died; steps++) {
      const disk = new CrashDisk(before);
      disk.stepsLeft = steps;
      const context = { ...nodeContext, disk };
      const record = await open('/b/m', 'm', context);
      record.errors.record({ ...FAILED, uids: [9], response: 'NO [UNAVAILABLE] another' });
      died = await record.write().then(
        () => false,
        () => true,
      );
      for (const left of disk.remains()) {
        const again = await open('/b/m', 'm', { ...nodeContext, disk: left });
        found.push(again.errors.messages);
      }
    }
    expect(new Set(found)).toEqual(new Set([3, 4]));
  });

  it('reads a document that another process wrote, with causes that were not there before', async () => {
    const context = { ...nodeContext, disk: new MemoryDisk() };
    const watched = await open('/b/m', 'm', context);
    const writer = await open('/b/m', 'm', context);
    writer.errors.record(FAILED);
    await writer.write();
    await watched.read();
    expect(watched.errors.entries).toEqual(writer.errors.entries);
  });

  it('keeps its open messages when their cause is nowhere any more, and says so', async () => {
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk };
    const record = await open('/b/m', 'm', context);
    record.errors.record(FAILED);
    await record.write();
    record.errors.record({ ...FAILED, uids: [9], response: 'NO something else', verdict: { ...VERDICT, code: 'X' } });
    record.errors.record({ ...FAILED, uids: [10], response: 'NO something else again' });
    await record.write();
    disk.files.delete('/b/causes.json');
    disk.files.delete('/b/causes.prev.json');
    const told: string[] = [];
    const causes = new Causes('/b', context, (text) => told.push(text));
    const again = await MailboxRecord.open('/b/m', 'm', causes, context);
    expect(told).toEqual([
      '/b/causes.json does not hold every cause that its mailboxes name. They are taken from events.jsonl',
      'Some causes are nowhere any more: why those messages failed is no longer known, they stay open',
    ]);
    expect(again.errors.failed('INBOX')).toEqual(record.errors.failed('INBOX'));
    expect(again.errors.entries.map(({ uids, times }) => [uids.toString(), times])).toEqual(
      record.errors.entries.map(({ uids, times }) => [uids.toString(), times]),
    );
    await again.write();
    const last = await open('/b/m', 'm', context);
    expect(last.errors.failed('INBOX')).toEqual(record.errors.failed('INBOX'));
    expect(last.errors.entries[0]?.verdict.advice).toEqual({ key: 'cause lost' });
  });

  it('remembers exactly the states that the engine publishes', () => {
    const published: MailboxState = { kind: 'backing-off', until: 1, because: { key: 'told', text: 'x' } };
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
