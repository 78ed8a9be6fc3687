import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunksOf, type Todo } from '../../../../src/engine/copy/transfer/chunks.js';

const MB = 1024 * 1024;
const none = () => false;
const sized = (...sizes: number[]): Todo[] => sizes.map((size, i) => ({ uid: i + 1, size }));
const uidsOf = (todo: readonly Todo[], alone: (uid: number) => boolean = none) =>
  [...chunksOf(todo, alone)].map(({ uids }) => uids);

it('makes nothing of nothing', () => {
  expect(uidsOf([])).toEqual([]);
});

it('puts at most 100 messages into a chunk', () => {
  expect(uidsOf(sized(...new Array(250).fill(10))).map((uids) => uids.length)).toEqual([100, 100, 50]);
});

it('fills a chunk to 1 MB and not beyond', () => {
  expect(uidsOf(sized(MB / 2, MB / 2, 1))).toEqual([[1, 2], [3]]);
  expect(uidsOf(sized(MB / 2, MB / 2 + 1))).toEqual([[1], [2]]);
});

it('sends a large message alone', () => {
  expect(uidsOf(sized(10, 5 * MB, 10))).toEqual([[1], [2], [3]]);
});

it('sends an empty message alone, for servers that refuse the batch with it', () => {
  expect(uidsOf(sized(10, 0, 10, 10))).toEqual([[1], [2], [3, 4]]);
});

it('sends a message alone that was in flight when the connection dropped', () => {
  expect(uidsOf(sized(10, 10, 10, 10), (uid) => uid === 2)).toEqual([[1], [2], [3, 4]]);
});

it('leaves none out, doubles none, keeps the order, and counts the bytes', () => {
  const todos = fc.array(fc.nat({ max: 2 * MB }), { maxLength: 300 }).map((sizes) => sized(...sizes));
  fc.assert(
    fc.property(todos, fc.nat({ max: 20 }), (todo, n) => {
      const chunks = [...chunksOf(todo, (uid) => uid % (n + 2) === 0)];
      expect(chunks.flatMap(({ uids }) => uids)).toEqual(todo.map(({ uid }) => uid));
      for (const { uids, bytes } of chunks) {
        expect(uids.length).toBeGreaterThan(0);
        expect(bytes).toBe(uids.reduce((sum, uid) => sum + todo[uid - 1]!.size, 0));
        if (uids.length > 1) expect(bytes).toBeLessThanOrEqual(MB);
      }
    }),
  );
});
