import { expect, it } from 'vitest';
import { IdTable } from '../../../../src/engine/copy/prepare/id-table.js';
import type { Glimpse } from '../../../../src/engine/copy/prepare/matching.js';
import { mine, seen } from '../../../support/mail-messages.js';

function pairsOf(there: readonly Glimpse[], candidates: readonly Glimpse[]) {
  const table = new IdTable();
  for (const message of there) table.addThere(message);
  for (const message of candidates) table.addMine(message);
  return [...table.pairs()];
}

it('takes Message-ID, size and date for proof where they stand once on both sides', () => {
  expect(pairsOf([seen(11)], [mine(1)])).toEqual([[1, 11]]);
});

it.each([
  ['twice at the destination', [seen(11), seen(12)], [mine(1)]],
  ['twice at the source', [seen(11)], [mine(1), mine(2)]],
  ['without Message-ID', [seen(11, { messageId: null })], [mine(1, { messageId: null })]],
  ['with an empty Message-ID', [seen(11, { messageId: '' })], [mine(1, { messageId: '' })]],
  ['without a date', [seen(11, { date: undefined })], [mine(1, { date: undefined })]],
  ['with another size', [seen(11, { size: 11 })], [mine(1)]],
  ['with another date', [seen(11, { date: 1001 })], [mine(1)]],
] as const)('does not take them for proof %s', (_how, there, candidates) => {
  expect(pairsOf(there, candidates)).toEqual([]);
});

it('keeps thousands apart', () => {
  const all = Array.from({ length: 5000 }, (_, i) => i + 1);
  const there = all.map((uid) => seen(uid + 10_000, { messageId: `${uid}@x` }));
  const candidates = all.map((uid) => mine(uid, { messageId: `${uid}@x` }));
  expect(pairsOf(there, candidates).sort(([a], [b]) => a - b)).toEqual(all.map((uid) => [uid, uid + 10_000]));
});
