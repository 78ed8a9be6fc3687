import { describe, expect, it } from 'vitest';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import type { UidLedger } from '../../../src/store/ledger/uid-ledger.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { CrashDisk } from '../crash-disk.js';
import { FIRST, numbers, on } from './a-ledger.js';

describe('a ledger whose messages were acknowledged in no order', () => {
  /** Every second UID, paired backwards: no two pairs follow on each other. */
  function scatter(ledger: UidLedger, from: number, to: number): void {
    const source = numbers(from, to).map((n) => n * 2);
    ledger.settle(
      source,
      source.map((uid) => 2_000_000 - uid),
    );
  }

  it('writes a short document at each checkpoint, and each sealed part once', async () => {
    const disk = new MemoryDisk();
    const written: string[] = [];
    const longest = new Map<string, number>();
    const create = disk.create.bind(disk);
    disk.create = async (path, text) => {
      const name = path.replace(/\.json\..*$/, '');
      written.push(name);
      longest.set(name, Math.max(longest.get(name) ?? 0, text.length));
      await create(path, text);
    };
    const ledger = await on(disk);
    ledger.begin(FIRST);
    for (let i = 0; i < 20; i++) {
      scatter(ledger, i * 1000 + 1, i * 1000 + 1000);
      await ledger.checkpoint();
    }
    expect(longest.get('/m/folders/abc')).toBeLessThan(80_000);
    const shards = written.filter((name) => name !== '/m/folders/abc');
    expect(shards).toEqual(['/m/folders/abc.1', '/m/folders/abc.2', '/m/folders/abc.3', '/m/folders/abc.4']);
    const again = await on(disk);
    expect(again.counts().paired).toBe(20_000);
    expect(again.destinationOf(40_000)).toBe(2_000_000 - 40_000);
    expect([...again.pairs()].length).toBe(20_000);
    expect(again.settledSources().equals(ledger.settledSources())).toBe(true);
  });

  it('forgets what is not at the destination after all, also out of sealed parts, and keeps the rest', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    const sources = numbers(1, 20_001, 2);
    ledger.settle(
      sources,
      sources.map((uid) => 100_000 - uid),
    );
    ledger.settleUnknown([2]);
    ledger.fail([4]);
    await ledger.checkpoint();

    ledger.unsettle(UidSet.parse('1:99,2'));
    await ledger.checkpoint();
    const again = await on(disk);

    expect(again.counts()).toMatchObject({ paired: 10_001 - 50, unknown: 0 });
    expect([again.isSettled(99), again.destinationOf(99), again.sourceOf(99_901)]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect([again.destinationOf(101), again.sourceOf(99_899)]).toEqual([99_899, 101]);
    again.settle([99], [200_000]);
    expect(again.destinationOf(99)).toBe(200_000);
  });

  it('puts pairs in order before it seals anything', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    for (const uid of numbers(1, 5000).reverse()) ledger.settle([uid], [uid + 1000]);
    await ledger.checkpoint();
    expect(JSON.parse(disk.files.get('/m/folders/abc.json')!).pairs).toEqual({
      source: '1:5000',
      destination: '1001:6000',
    });
  });

  it('seals what was settled without UIDPLUS too, and learns it later', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    ledger.begin(FIRST);
    ledger.settleUnknown(numbers(1, 10_001, 2));
    await ledger.checkpoint();
    expect(JSON.parse(disk.files.get('/m/folders/abc.json')!).unknown).toBe('');
    ledger.learn([1, 3], [5000, 5001]);
    await ledger.checkpoint();
    const again = await on(disk);
    expect(again.counts()).toMatchObject({ paired: 2, unknown: 4_999 });
    expect(again.destinationOf(3)).toBe(5001);
    expect(again.unknown.has(1)).toBe(false);
  });

  it('writes over parts that a crash left behind unlisted, and never over those of a void ledger', async () => {
    const disk = new MemoryDisk();
    disk.files.set('/m/folders/abc.1.json', 'half a leftov');
    const ledger = await on(disk);
    ledger.begin(FIRST);
    scatter(ledger, 1, 5000);
    await ledger.checkpoint();
    const before = disk.files.get('/m/folders/abc.1.json');
    ledger.begin({ ...FIRST, destinationUidValidity: '23' });
    scatter(ledger, 1, 5000);
    await ledger.checkpoint();
    expect(disk.files.get('/m/folders/abc.1.json')).toBe(before);
    expect(JSON.parse(disk.files.get('/m/folders/abc.json')!).shards).toBe('2');
    expect((await on(disk)).counts().paired).toBe(5000);
  });

  it('names a listed part that is missing or broken instead of copying its messages again', async () => {
    const disk = new MemoryDisk();
    const ledger = await on(disk);
    scatter(ledger, 1, 5000);
    await ledger.checkpoint();
    disk.files.set('/m/folders/abc.1.json', '');
    await expect(on(disk)).rejects.toThrow('/m/folders/abc.1.json');
    disk.files.delete('/m/folders/abc.1.json');
    await expect(on(disk)).rejects.toThrow('/m/folders/abc.1.json');
  });

  it('can be cut off anywhere: an acknowledged checkpoint is never forgotten, and no pair is half there', async () => {
    let worlds = 0;
    for (let steps = 0; ; steps++) {
      const disk = new CrashDisk();
      disk.stepsLeft = steps;
      let acknowledged = 0;
      let told = 0;
      try {
        const ledger = await on(disk);
        ledger.begin(FIRST);
        await ledger.checkpoint();
        for (const to of [4000, 9000, 9500]) {
          scatter(ledger, told + 1, to);
          told = to;
          await ledger.checkpoint();
          acknowledged = to;
        }
      } catch {}
      for (const remains of disk.remains()) {
        worlds++;
        const again = await on(remains);
        const { paired } = again.counts();
        expect(paired).toBeGreaterThanOrEqual(acknowledged);
        expect(paired).toBeLessThanOrEqual(told);
        if (paired > 0) expect(again.settledSources().equals(UidSet.from(numbers(2, paired * 2, 2)))).toBe(true);
        scatter(again, 1, 9600);
        await again.checkpoint();
        expect((await on(remains)).counts().paired).toBe(9600);
      }
      if (acknowledged === 9500) break;
      if (steps > 4) steps += 2;
    }
    expect(worlds).toBeGreaterThan(40);
  });

  it('keeps what a failed checkpoint held for the next one', async () => {
    const disk = new MemoryDisk();
    const create = disk.create.bind(disk);
    let full = true;
    disk.create = async (path, text) => {
      if (full && path.includes('abc.2.json')) throw new Error('ENOSPC');
      await create(path, text);
    };
    const ledger = await on(disk);
    scatter(ledger, 1, 13_000);
    await expect(ledger.checkpoint()).rejects.toThrow('ENOSPC');
    expect(ledger.dirty).toBe(true);
    expect(disk.files.has('/m/folders/abc.json')).toBe(false);
    full = false;
    await ledger.checkpoint();
    expect(ledger.dirty).toBe(false);
    expect((await on(disk)).counts().paired).toBe(13_000);
  });
});
