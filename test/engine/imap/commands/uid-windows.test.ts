import fc from 'fast-check';
import { expect, it } from 'vitest';
import { halvesOf, leftAfter, piecesOf, setsOf, uidsIn } from '../../../../src/engine/imap/commands/uid-windows.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

const uids = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 })
  .map((all) => UidSet.from(all));

it('reads and writes an open range', () => {
  expect(setsOf(uidsIn('3,7:*'))).toEqual(['3,7:*']);
  expect(setsOf(uidsIn('1:5'))).toEqual(['1:5']);
});

it('goes on below the UID that the server names', () => {
  const left = leftAfter(uidsIn('1:*'), { lowest: 23_221, came: { first: 23_221, last: 24_220 } });
  expect(left?.toString()).toBe('1:23220');
});

it('goes on around what came where the server names no UID, or works upwards', () => {
  expect(leftAfter(uidsIn('1:9'), { lowest: null, came: { first: 6, last: 9 } })?.toString()).toBe('1:5');
  expect(leftAfter(uidsIn('1:9'), { lowest: 3, came: { first: 1, last: 3 } })?.toString()).toBe('4:9');
});

it('has nothing left where all was handled, and knows when nothing shows how far the server came', () => {
  expect(leftAfter(uidsIn('5:9'), { lowest: 5, came: null })?.isEmpty).toBe(true);
  expect(leftAfter(uidsIn('5:9'), { lowest: null, came: null })).toBeNull();
  expect(leftAfter(uidsIn('5:9'), { lowest: 12, came: null })).toBeNull();
  expect(leftAfter(uidsIn('5:9'), { lowest: null, came: { first: 20, last: 30 } })).toBeNull();
});

it('comes through all of a set, whatever the limit and the way that a server works', () => {
  fc.assert(
    fc.property(
      uids,
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('names it', 'names nothing', 'upwards'),
      (all, most, how) => {
        let left: UidSet | null = all;
        const seen = new UidSet();
        for (let commands = 0; left && !left.isEmpty; commands++) {
          expect(commands).toBeLessThanOrEqual(all.size);
          const members: number[] = [...left];
          const some = how === 'upwards' ? members.slice(0, most) : members.slice(-most);
          for (const uid of some) seen.add(uid);
          if (some.length === members.length) break;
          const came = { first: some[0]!, last: some.at(-1)! };
          left = leftAfter(left, { lowest: how === 'names it' ? came.first : null, came });
        }
        expect(seen.toString()).toBe(all.toString());
      },
    ),
  );
});

it('cuts a set in two that are less and together the same', () => {
  fc.assert(
    fc.property(uids, (all) => {
      const halves = halvesOf(all);
      if (halves === null) {
        expect(all.size).toBe(1);
        return;
      }
      const [high, low] = halves;
      expect(high.isEmpty || low.isEmpty).toBe(false);
      expect(high.first!).toBeGreaterThan(low.last!);
      expect(high.union(low).toString()).toBe(all.toString());
    }),
  );
});

it('cuts a set into pieces of so many messages, and leaves a wide range as it is', () => {
  expect(piecesOf(uidsIn('1:5'), 2).map(String)).toEqual(['5', '3:4', '1:2']);
  expect(piecesOf(uidsIn('1:5'), null)).toHaveLength(1);
  expect(piecesOf(uidsIn('1:*'), 2)).toHaveLength(1);
  fc.assert(
    fc.property(uids, fc.integer({ min: 1, max: 50 }), (all, most) => {
      const pieces = piecesOf(all, most);
      if (pieces.length > 1) for (const piece of pieces) expect(piece.size).toBeLessThanOrEqual(most);
      expect(pieces.reduce((sum, piece) => sum.union(piece), new UidSet()).toString()).toBe(all.toString());
    }),
  );
});
