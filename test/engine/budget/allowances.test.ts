import { expect, it } from 'vitest';
import { Allowances } from '../../../src/engine/budget/allowances.js';
import { DAY } from '../../../src/engine/budget/rolling-day.js';
import { Servers } from '../../../src/engine/profiles/servers.js';
import { type Budget, NO_LIMITS } from '../../../src/store/batch/limits.js';
import { SpentFile } from '../../../src/store/budgets/spent-file.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { nightBatch } from '../../support/night-batch.js';

const NOW = Date.UTC(2026, 0, 15, 22);

function allowances(...budgets: readonly Budget[]) {
  const limits = { ...NO_LIMITS, budgets: [...budgets] };
  const batch = nightBatch({ users: ['ann', 'ben'], endpoints: { source: { limits } }, now: NOW });
  const clock = { now: () => NOW, monotonic: () => 0, sleep: async () => {} };
  const context = { disk: new MemoryDisk(), now: () => NOW, monotonic: () => 0, onFallback: () => {} };
  const file = (of: string) => new SpentFile('/state', of, 'night', context);
  return { batch, of: new Allowances({ batch, servers: new Servers(batch), clock, file }) };
}

it('has one meter an account, however many attempts ask, and none where nobody limits it', async () => {
  const { batch, of } = allowances({ of: 'account', unit: 'bytes', most: 100 });
  const [ann, ben] = batch.mailboxes;
  await (await of.of(ann!))?.take([60]);
  expect((await (await of.of(ann!))?.take([60]))?.messages).toBe(0);
  expect((await (await of.of(ben!))?.take([60]))?.messages).toBe(1);
  expect(await allowances().of.of(ann!)).toBeNull();
});

it('tells the days of a mailbox that nobody started, and those of all of them together', async () => {
  const left = { bytes: 250, messages: 5 };
  const account = allowances({ of: 'account', unit: 'bytes', most: 100 });
  expect(account.of.restsFor(account.batch.mailboxes[0]!, left, NOW) / DAY).toBe(2);
  expect(account.of.restsForAll(left, NOW)).toBe(0);
  const together = allowances({ of: 'endpoint', unit: 'messages', most: 2 });
  expect(together.of.restsForAll(left, NOW) / DAY).toBe(2);
  const [ann] = together.batch.mailboxes;
  await (await together.of.of(ann!))?.take([1, 1]);
  expect(together.of.restsForAll(left, NOW) / DAY).toBe(3);
});
