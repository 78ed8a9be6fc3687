import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type NamedRow, type RowItem, RowMerger } from '../../../../src/engine/imap/grammar/row-merger.js';

const ITEMS: readonly RowItem[] = ['flags', 'internalDate', 'size'];
const DATE = '06-Jan-2020 10:00:00 +0000';

function merging(items = ITEMS): { readonly rows: RowMerger; readonly given: NamedRow[] } {
  const given: NamedRow[] = [];
  return { rows: new RowMerger(items, (row) => void given.push(row)), given };
}

it('gives a message on at once where one row says all', () => {
  const { rows, given } = merging();
  rows.take({ uid: 7, flags: [], internalDate: DATE, size: 5 });
  expect(given).toHaveLength(1);
  expect(rows.incomplete.isEmpty).toBe(true);
});

it('puts together what comes in any number of rows, in any order', () => {
  const pieces: NamedRow[] = [3, 7, 9].flatMap((uid) => [
    { uid, flags: [`f${uid}`] },
    { uid, internalDate: DATE },
    { uid, size: uid },
    { uid, number: uid },
  ]);
  fc.assert(
    fc.property(fc.shuffledSubarray(pieces, { minLength: pieces.length }), (inAnyOrder) => {
      const { rows, given } = merging();
      for (const row of inAnyOrder) rows.take(row);
      expect(given.map(({ uid, flags, size }) => [uid, flags, size]).sort()).toEqual(
        [3, 7, 9].map((uid) => [uid, [`f${uid}`], uid]).sort(),
      );
      expect(rows.incomplete.isEmpty).toBe(true);
    }),
  );
});

it('does not give a message on twice for a row that nobody asked for', () => {
  const { rows, given } = merging(['size']);
  rows.take({ uid: 7, flags: ['a'] });
  rows.take({ uid: 7, size: 5 });
  rows.take({ uid: 7, flags: ['b'] });
  rows.take({ uid: 7, size: 5 });
  expect(given).toEqual([{ uid: 7, flags: ['a'], size: 5 }]);
});

it('keeps what lacks something until it is said how it is to be taken', () => {
  const { rows, given } = merging();
  rows.take({ uid: 7, flags: [] });
  rows.take({ uid: 9, size: 4 });
  expect(rows.incomplete.toString()).toBe('7,9');
  rows.giveAsTheyAre(rows.incompleteWith('size'));
  expect(given).toEqual([{ uid: 9, size: 4 }]);
  rows.drop(rows.incomplete);
  expect(rows.incomplete.isEmpty).toBe(true);
});
