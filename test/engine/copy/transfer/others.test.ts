import { expect, it } from 'vitest';
import { Others } from '../../../../src/engine/copy/transfer/others.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

/** A folder in which some messages are settled; nothing that is tried is taken. */
function others(todo: readonly number[], settled: UidSet): Others {
  const ledger = { isSettled: (uid: number) => settled.has(uid), settledSources: () => settled };
  const one = { comes: async () => false, passes: async () => false };
  return new Others(
    todo.map((uid) => ({ uid, size: 1 })),
    ledger,
    one,
  );
}

const everyOther = (from: number, to: number) =>
  UidSet.from(Array.from({ length: (to - from) / 2 + 1 }, (_, i) => from + 2 * i));

it('sees what was taken between refused messages, also where the last one of a folder was refused', async () => {
  const even = [...everyOther(2, 200)];
  expect(await others(even, everyOther(1, 199)).pass(200)).toBe(true);
});

it('sees nothing taken where all of a row were refused, whatever was taken before the row', async () => {
  const rest = Array.from({ length: 40 }, (_, i) => 101 + i);
  expect(await others(rest, UidSet.range(1, 100)).pass(140)).toBe(false);
});
