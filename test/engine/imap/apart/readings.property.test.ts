import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FolderReading } from '../../../../src/engine/imap/apart/readings.js';
import type { Strike } from '../../../../src/engine/imap/apart/strikes.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

const strike = (side: Strike['side']): Strike => ({
  side,
  command: 'UID FETCH',
  how: 'dropped',
  words: 'reset',
  waited: 10,
  silence: 0,
  age: 100,
  volume: 1_000,
  line: 'steady',
  others: 'answered',
});

interface Folder {
  readonly side: Strike['side'];
  readonly messages: UidSet;
  readonly culprits: UidSet;
  /** Of the connections, those that drop by themselves: at this window. */
  readonly drops: readonly number[];
}

/** Reads a folder from connection to connection until all of its windows passed. @returns connections that were lost */
function readWhole(reading: FolderReading, { side, messages, culprits, drops }: Folder): number {
  reading.suspect('UID FETCH');
  for (let lost = 0; ; lost++) {
    expect(lost).toBeLessThan(400);
    const broken = reading.windows(messages).find((window, at) => {
      if (!window.intersect(culprits).isEmpty || drops[lost] === at) return true;
      reading.passed(window);
      return false;
    });
    if (!broken) return lost;
    reading.struck(broken, null, strike(side), []);
  }
}

const folders = fc
  .record({ size: fc.integer({ min: 1, max: 5_000 }), bad: fc.array(fc.nat(), { maxLength: 4 }) })
  .map(({ size, bad }) => ({
    messages: UidSet.range(1, size),
    culprits: UidSet.from(bad.map((one) => (one % size) + 1)),
  }));

describe('a folder that is read in windows', () => {
  it('leaves out the messages that break it, and no other, in a few connections each', () => {
    fc.assert(
      fc.property(folders, fc.constantFrom('source' as const, 'destination' as const), (folder, side) => {
        const reading = new FolderReading(side);
        const lost = readWhole(reading, { ...folder, side, drops: [] });
        expect(reading.leftOut.toString()).toBe(folder.culprits.toString());
        expect(lost).toBeLessThanOrEqual(folder.culprits.size * 7);
      }),
    );
  });

  it('convicts no message of the destination where the connection drops by itself', () => {
    const drops = fc.array(fc.nat({ max: 20 }), { maxLength: 12 });
    fc.assert(
      fc.property(folders, drops, ({ messages }, own) => {
        // A connection that drops with the same message three times, and with no other, cannot be told from it.
        fc.pre(messages.size > 64);
        const reading = new FolderReading('destination');
        readWhole(reading, { messages, culprits: new UidSet(), side: 'destination', drops: own });
        expect(reading.leftOut.isEmpty).toBe(true);
      }),
    );
  });

  it('names each message in one window, those that broke last', () => {
    const reading = new FolderReading('destination');
    const all = UidSet.range(1, 100);
    reading.struck(UidSet.range(40, 50), 44, strike('destination'), []);
    const windows = reading.windows(all);
    expect(windows.reduce((sum, { size }) => sum + size, 0)).toBe(100);
    expect(windows.at(-1)?.toString()).toBe('44');
    expect(windows.at(-2)?.toString()).toBe('40:43,45:50');
  });
});
