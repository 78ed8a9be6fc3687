import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addsUp, notSeen, windowsFor } from '../../../../src/engine/copy/scan/whole-list.js';
import { setsOf, uidsIn } from '../../../../src/engine/imap/commands/uid-windows.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

const set = (text: string) => UidSet.parse(text);

it('adds up only where the folder counts exactly what is known', () => {
  const listed = { settled: set('1:3'), listed: set('4:5'), due: set('') };
  expect(addsUp({ ...listed, exists: 5 })).toBe(true);
  for (const exists of [null, 0, 4, 6]) expect(addsUp({ ...listed, exists })).toBe(false);
  expect(addsUp({ ...listed, exists: 5, due: set('9') })).toBe(false);
  expect(addsUp({ ...listed, exists: 5, due: set('4') })).toBe(true);
});

it('counts what nobody named, and nothing of a server that does not count', () => {
  expect([notSeen(10, set('1:3')), notSeen(2, set('1:3')), notSeen(null, set('1:3'))]).toEqual([7, 0, 0]);
});

it('asks for every UID that was not named, in few commands', () => {
  const uids = fc
    .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 3_000 })
    .map((all) => UidSet.from(all));
  fc.assert(
    fc.property(uids, fc.option(fc.integer({ min: 1, max: 120_000 })), (there, uidNext) => {
      const windows = windowsFor(there, uidNext, setsOf);
      expect(windows.length).toBeLessThanOrEqual(17);
      const asked = windows.reduce((sum, window) => sum.union(uidsIn(window)), new UidSet());
      expect(uidsIn('1:*').minus(there).minus(asked).isEmpty).toBe(true);
    }),
    { numRuns: 50 },
  );
});
