import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FolderCounter } from '../../../src/engine/dry-run/count-folder.js';
import type { NamedRow } from '../../../src/engine/imap/grammar/row-merger.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';

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

  expect(count(rows, known, 100, 'carry')).toEqual({
    messages: 5,
    settled: 1,
    skipped: 1,
    tooBig: { messages: 1, bytes: 101 },
    toCopy: { messages: 2, bytes: 107 },
    deleted: 1,
  });
  expect(count(rows, known, 100, 'skip').toCopy).toEqual({ messages: 1, bytes: 7 });
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
      const sum = count(all as readonly NamedRow[], { settled, skipped }, limit, 'carry');
      expect(sum.toCopy.messages + sum.tooBig.messages + sum.settled + sum.skipped).toBe(all.length);
      expect(sum.messages).toBe(all.length);
    }),
  );
});

it('takes a size that is not told for small: the message would be sent', () => {
  expect(count([{ uid: 1 }], nothing, 100, 'carry').toCopy).toEqual({ messages: 1, bytes: 0 });
});
