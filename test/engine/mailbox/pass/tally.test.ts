import { expect, it } from 'vitest';
import { FolderTally, sumCounts } from '../../../../src/engine/mailbox/pass/tally.js';

it('counts what is left as what is in no other count', () => {
  const tally = new FolderTally('INBOX', 'INBOX');
  expect(tally.counts.left).toBe(0);
  Object.assign(tally, { total: 100, copied: 50, matched: 20, skipped: 3, failed: 2, vanished: 5 });
  expect(tally.counts.left).toBe(20);
});

it('never says that less than nothing is left', () => {
  const tally = new FolderTally('INBOX', 'INBOX');
  Object.assign(tally, { total: 1, copied: 2 });
  expect(tally.counts.left).toBe(0);
});

it('goes on from the counts of an earlier run', () => {
  const before = new FolderTally('A', 'B');
  Object.assign(before, { total: 10, copied: 4, failed: 1, bytesTotal: 1000, bytesCopied: 400 });
  const after = new FolderTally('A', 'B', before.counts);
  expect(after.counts).toEqual(before.counts);
  after.copied += 5;
  expect(after.counts.left).toBe(0);
  expect(before.counts.left).toBe(5);
});

it('shows a folder with both names and its way', () => {
  const tally = new FolderTally('Archiv', 'Archive');
  tally.way = 'MULTIAPPEND, LITERAL+';
  expect(tally.entity).toEqual({
    source: 'Archiv',
    destination: 'Archive',
    counts: tally.counts,
    way: 'MULTIAPPEND, LITERAL+',
  });
});

it('sums every count of every folder', () => {
  const [a, b] = [new FolderTally('A', 'A'), new FolderTally('B', 'B')];
  Object.assign(a, {
    total: 10,
    copied: 1,
    matched: 2,
    skipped: 3,
    failed: 1,
    vanished: 1,
    bytesTotal: 5,
    bytesCopied: 4,
  });
  Object.assign(b, { total: 100, copied: 90, bytesTotal: 50, bytesCopied: 40 });
  expect(sumCounts([a.counts, b.counts])).toEqual({
    total: 110,
    copied: 91,
    matched: 2,
    skipped: 3,
    outside: 0,
    failed: 1,
    vanished: 1,
    left: 12,
    carried: 0,
    bytesTotal: 55,
    bytesCopied: 44,
  });
  expect(sumCounts([]).total).toBe(0);
});
