import { expect, it } from 'vitest';
import { giveBackSpent } from '../../../../src/engine/imap/connection/spent-buffers.js';

const MB = 1024 * 1024;
const inUse = () => process.memoryUsage().heapUsed;

/** So many bytes of the heap that nobody holds any more. */
function leave(bytes: number): void {
  // A number that is no integer takes eight bytes.
  expect(Array.from({ length: bytes / 8 }, (_, at) => at + 0.5)).toHaveLength(bytes / 8);
}

it('gives back what a piece of work left', () => {
  giveBackSpent();
  const before = inUse();
  leave(64 * MB);

  giveBackSpent();

  expect(inUse()).toBeLessThan(before + 8 * MB);
});

it('leaves alone the little that a piece of work left, as a collection takes time', () => {
  giveBackSpent();
  const before = inUse();
  leave(MB);

  giveBackSpent();

  expect(inUse()).toBeGreaterThan(before);
});
