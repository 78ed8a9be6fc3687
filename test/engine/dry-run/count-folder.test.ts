import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FolderCounter } from '../../../src/engine/dry-run/count-folder.js';
import type { NamedRow } from '../../../src/engine/imap/grammar/row-merger.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { ALL_DAYS } from '../../../src/words/days.js';

const nothing = { settled: new UidSet(), skipped: new UidSet() };

function count(rows: readonly NamedRow[], ...more: ConstructorParameters<typeof FolderCounter>) {
  const counter = new FolderCounter(...more);
  for (const row of rows) counter.add(row);
  return counter.count;
}

it('sorts each message: settled, left out, too large, deleted, to be copied', () => {
  const known = { settled: UidSet.from([1]), skipped: UidSet.from([2]) };
  const rows = [
    { uid: 1, size: 10 },
    { uid: 2, size: 10 },
    { uid: 3, size: 101 },
    { uid: 4, size: 100, flags: ['\\DELETED'] },
    { uid: 5, size: 7 },
  ];

  expect(count(rows, known, 100, { deleted: 'carry', ...ALL_DAYS })).toEqual({
    messages: 5,
    settled: 1,
    skipped: 1,
    outside: 0,
    tooBig: { messages: 1, bytes: 101 },
    toCopy: { messages: 2, bytes: 107 },
    deleted: 1,
  });
  expect(count(rows, known, 100, { deleted: 'skip', ...ALL_DAYS }).toCopy).toEqual({ messages: 1, bytes: 7 });
});

it('leaves out by INTERNALDATE, and not by what is left out already', () => {
  const rows = [
    { uid: 1, size: 10, internalDate: '31-Dec-2023 23:59:59 +0000' },
    { uid: 2, size: 10, internalDate: ' 1-Jan-2024 00:00:00 +0000' },
    { uid: 3, size: 10, internalDate: 'never' },
    { uid: 4, size: 10, internalDate: '31-Dec-2023 23:59:59 +0000' },
  ];
  const known = { settled: UidSet.from([4]), skipped: new UidSet() };
  const days = { since: { day: '2024-01-01', zone: 'UTC' }, until: null };

  expect(count(rows, known, null, { deleted: 'carry', ...days })).toMatchObject({
    messages: 4,
    settled: 1,
    outside: 1,
    toCopy: { messages: 2, bytes: 20 },
  });
});

it('counts each message once, whatever the server says of it', () => {
  const row = fc.record({
    uid: fc.integer({ min: 1, max: 60 }),
    size: fc.option(fc.nat(200), { nil: undefined }),
    flags: fc.option(fc.subarray(['\\Deleted', '\\Seen', 'NonJunk']), { nil: undefined }),
  });
  const rows = fc.uniqueArray(row, { selector: ({ uid }) => uid });
  const some = fc.array(fc.integer({ min: 1, max: 60 })).map((uids) => UidSet.from(uids));
  fc.assert(
    fc.property(rows, some, some, fc.option(fc.nat(200)), (all, settled, skipped, limit) => {
      const sum = count(all as readonly NamedRow[], { settled, skipped }, limit, { deleted: 'carry', ...ALL_DAYS });
      expect(sum.toCopy.messages + sum.tooBig.messages + sum.settled + sum.skipped).toBe(all.length);
      expect(sum.messages).toBe(all.length);
    }),
  );
});

it('takes a size that is not told for small: the message would be sent', () => {
  expect(count([{ uid: 1 }], nothing, 100, { deleted: 'carry', ...ALL_DAYS }).toCopy).toEqual({
    messages: 1,
    bytes: 0,
  });
});
