import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SentTable, UNREAD } from '../../../src/engine/copy/sent.js';
import { BodySample } from '../../../src/engine/copy/verify/body-sample.js';

const todo = [3, 5, 4_294_967_295].map((uid) => ({ uid, size: 1 }));

it('knows nothing of what was not sent', () => {
  const table = new SentTable(todo, new BodySample(0, () => 0));
  expect([0, 3, 4, 5].map((uid) => table.get(uid))).toEqual([undefined, undefined, undefined, undefined]);
});

it('gives back what was recorded, the last time it was', () => {
  const table = new SentTable(todo, new BodySample(0, () => 0));
  const odd = { size: 7, date: undefined, flags: ['\\Seen', 'kw'], exact: UNREAD };
  table.record(4_294_967_295, odd);
  expect(table.get(4_294_967_295)).toEqual(odd);
  table.record(3, { size: 0, date: 0, flags: [], exact: '' });
  expect(table.get(3)).toEqual({ size: 0, date: 0, flags: [], exact: '' });
  table.record(3, { size: 9, date: -1, flags: ['\\Seen'], exact: '' });
  expect(table.get(3)).toEqual({ size: 9, date: -1, flags: ['\\Seen'], exact: '' });
});

it('takes nothing in for a message that is not of this pass', () => {
  const table = new SentTable(todo, new BodySample(0, () => 0));
  table.record(4, { size: 1, date: 1, flags: [], exact: '' });
  expect(table.get(4)).toBeUndefined();
});

it('keeps flags apart that only look alike when joined', () => {
  const table = new SentTable(todo, new BodySample(0, () => 0));
  table.record(3, { size: 1, date: 1, flags: ['a', 'b'], exact: '' });
  table.record(5, { size: 1, date: 1, flags: ['b', 'a'], exact: '' });
  expect(table.get(3)?.flags).toEqual(['a', 'b']);
  expect(table.get(5)?.flags).toEqual(['b', 'a']);
});

it('finds every UID among many', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 80 }), (all) => {
      const uids = all.sort((a, b) => a - b);
      const table = new SentTable(
        uids.map((uid) => ({ uid, size: 0 })),
        new BodySample(0, () => 0),
      );
      for (const uid of uids) table.record(uid, { size: uid, date: uid, flags: [], exact: '' });
      for (let uid = 1; uid <= 500; uid++) expect(table.get(uid)?.size).toBe(uids.includes(uid) ? uid : undefined);
    }),
    { numRuns: 30 },
  );
});
