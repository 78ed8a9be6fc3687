import { describe, expect, it } from 'vitest';
import { nodeContext } from '../../../src/store/documents/context.js';
import type { Fallback } from '../../../src/store/documents/durable-file.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { BY_ENGINE } from '../../../src/store/ledger/settlement.js';
import { UidLedger } from '../../../src/store/ledger/uid-ledger.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { FIRST, numbers, on } from './a-ledger.js';

describe('the UID ledger of a folder', () => {
  it('knows after a restart all that was settled, in every way a message can be', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    expect(ledger.begin(FIRST)).toEqual({ kind: 'new' });
    ledger.settle([1, 2, 3, 7], [1000, 1001, 1002, 1003]);
    ledger.settleUnknown([8, 9]);
    ledger.learn([9], [1009]);
    ledger.skip([20, 21], 'ann', 'spam');
    ledger.unskip([21]);
    ledger.vanish([30]);
    ledger.fail([40]);
    ledger.raiseFloor(1004);
    ledger.raiseFloor(1003);
    ledger.highestModseq = '9007199254740993';
    await ledger.checkpoint();

    const again = await on(disk);
    expect(again.dirty).toBe(false);
    expect(again.identity).toEqual({
      source: { folder: 'INBOX', uidValidity: '11' },
      destination: { folder: 'INBOX', uidValidity: '22' },
    });
    expect(again.begin({ ...FIRST, floor: 5000 })).toEqual({ kind: 'known' });
    expect(again.floor).toBe(1004);
    expect(again.highestModseq).toBe('9007199254740993');
    expect(again.settledSources().toString()).toBe('1:3,7:9,20,30');
    expect(again.destinationsKnown().toString()).toBe('1000:1003,1009');
    expect(again.unknown.toString()).toBe('8');
    expect(again.vanished.toString()).toBe('30');
    expect(again.skips.map(({ by, why, uids }) => [by, why, String(uids)])).toEqual([['ann', 'spam', '20']]);
    expect([again.destinationOf(7), again.sourceOf(1009), again.destinationOf(8)]).toEqual([1003, 9, undefined]);
    expect(again.counts()).toEqual({ paired: 5, unknown: 1, skipped: 1, carried: 0, vanished: 1, failed: 0 });
    expect([again.isSettled(20), again.isSettled(21), again.isSettled(40)]).toEqual([true, false, false]);
  });

  it('writes what COPYUID would say, so that a copy in order is one line however long', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    for (let i = 0; i < 500_000; i += 100) ledger.settle(numbers(i + 1, i + 100), numbers(i + 1000, i + 1099));
    await ledger.checkpoint();
    const text = disk.files.get('/m/folders/abc.json')!;
    expect(JSON.parse(text).pairs).toEqual({ source: '1:500000', destination: '1000:500999' });
    expect(text.length).toBeLessThan(500);
  });

  it('refuses to hear that one message is in two places, or two in one', async () => {
    const ledger = await on(new MemoryDisk());
    ledger.begin(FIRST);
    ledger.settle([5], [1005]);
    ledger.settle([5], [1005]);
    expect(() => ledger.settle([5], [1006])).toThrow('double');
    expect(() => ledger.settle([6], [1005])).toThrow('destination UID 1005 is source UID 5');
    expect(() => ledger.settle([6, 6], [1006, 1007])).toThrow('double');
    expect(ledger.counts().paired).toBe(2);
    expect(() => ledger.settle([7, 8], [1008])).toThrow(RangeError);
  });

  it('lets what the destination acknowledged win over a skip, a failure or a disappearance, and never the other way', async () => {
    const ledger = await on(new MemoryDisk());
    ledger.begin(FIRST);
    ledger.skip([1, 2], 'ann', 'too old');
    ledger.vanish([3]);
    ledger.fail([4, 5]);
    ledger.settle([1, 3, 4], [1001, 1003, 1004]);
    ledger.settleUnknown([2, 5]);
    expect(ledger.counts()).toEqual({ paired: 3, unknown: 2, skipped: 0, carried: 0, vanished: 0, failed: 0 });
    ledger.skip([1, 2], 'ann', 'again');
    ledger.vanish([3]);
    ledger.fail([4]);
    expect(ledger.counts()).toEqual({ paired: 3, unknown: 2, skipped: 0, carried: 0, vanished: 0, failed: 0 });
  });

  it('starts over when the destination was made anew, and keeps what operators left out', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    ledger.settle([1, 2], [1000, 1001]);
    ledger.settleUnknown([3]);
    ledger.vanish([4]);
    ledger.skip([5], 'ann', 'spam');
    ledger.skip([6], BY_ENGINE, 'TOOBIG');
    ledger.fail([7]);
    await ledger.checkpoint();
    expect(ledger.begin({ ...FIRST, destinationUidValidity: '23', floor: 9 })).toEqual({
      kind: 'voided',
      sides: ['destination'],
    });
    await ledger.checkpoint();
    expect(ledger.failed.toString()).toBe('7');
    for (const one of [ledger, await on(disk)]) {
      expect(one.settledSources().toString()).toBe('5');
      expect([one.floor, one.destinationOf(1), one.destinationsKnown().size]).toEqual([1, undefined, 0]);
      expect(one.identity.destination.uidValidity).toBe('23');
    }
  });

  it('drops the skips too when the source was made anew: its UIDs name other messages', async () => {
    const ledger = await on(new MemoryDisk());
    ledger.begin(FIRST);
    ledger.skip([5], 'ann', 'spam');
    ledger.fail([7]);
    expect(ledger.begin({ ...FIRST, sourceUidValidity: '12' })).toEqual({ kind: 'voided', sides: ['source'] });
    expect([ledger.settledSources().size, ledger.failed.size]).toEqual([0, 0]);
  });

  it('belongs to its folders: another pair is not read into it', async () => {
    const disk = new MemoryDisk();
    await (await on(disk)).checkpoint();
    const other = UidLedger.open(
      '/m/folders',
      'abc',
      { source: 'Sent', destination: 'INBOX' },
      { ...nodeContext, disk },
    );
    await expect(other).rejects.toThrow(BadInput);
  });

  it('holds in a checkpoint what was known at the call, and stays dirty for the rest', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    const checkpoint = ledger.checkpoint();
    ledger.settle([1], [1000]);
    await checkpoint;
    expect(ledger.dirty).toBe(true);
    expect((await on(disk)).isSettled(1)).toBe(false);
    await ledger.checkpoint();
    expect(ledger.dirty).toBe(false);
    expect((await on(disk)).isSettled(1)).toBe(true);
  });

  it('measures what a checkpoint took', async () => {
    let time = 0;
    const disk = new MemoryDisk();
    const create = disk.create.bind(disk);
    disk.create = async (path, text) => {
      time += 40;
      await create(path, text);
    };
    const ledger = await on(disk, { monotonic: () => time });
    await ledger.checkpoint();
    expect(ledger.lastCheckpointMs).toBe(40);
  });

  it('falls back to the checkpoint before when the last one is unreadable, and says so', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    await ledger.checkpoint();
    ledger.settle([1], [1000]);
    await ledger.checkpoint();
    disk.files.set('/m/folders/abc.json', '{"version":1,"id"');
    const told: Fallback[] = [];
    const again = await on(disk, { onFallback: (fallback) => told.push(fallback) });
    expect(told.map(({ file }) => file)).toEqual(['/m/folders/abc.json']);
    expect([again.floor, again.isSettled(1)]).toEqual([1000, false]);
  });
});
