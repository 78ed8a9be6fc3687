import { expect, it } from 'vitest';
import { type ErrorRow, foldedRows, rowId } from '../../../../src/ui/screens/errors/error-rows.js';
import { aGroup, anEntry } from '../../support/some-errors.js';

const row = (key: string, standing: 'open' | 'skipped' | 'settled'): ErrorRow => ({
  kind: 'group',
  group: aGroup([anEntry('ann', 3)], { key, standing }),
});
const ids = (rows: readonly ErrorRow[]) => rows.map(rowId);

it('open groups keep their order, whatever stands between them; the others are behind a line each', () => {
  const sorted = [row('n', 'settled'), row('b', 'open'), row('s', 'skipped'), row('a', 'open')];
  expect(ids(foldedRows(sorted, new Set()))).toEqual(['b', 'a', 'fold skipped', 'fold settled']);
  expect(ids(foldedRows(sorted, new Set(['settled'])))).toEqual(['b', 'a', 'fold skipped', 'fold settled', 'n']);
  expect(ids(foldedRows([row('a', 'open')], new Set(['settled'])))).toEqual(['a']);
  expect(foldedRows([], new Set())).toEqual([]);
});
