import { expect, it } from 'vitest';
import { refuseRunning } from '../../../src/commands/reach/refuse-running.js';
import type { BatchStore } from '../../../src/store/batch/batch-store.js';

const running = {
  name: 'school',
  whoRuns: async () => ({ life: 'alive', pid: 12, host: 'mx' }),
} as unknown as BatchStore;

it.each([
  ['look at it', /school is running \(process 12 on mx\); `nightferry status school` shows it$/],
  ['go on with it', /if a console only looks at it, `nightferry continue school` lets it go on$/],
  ['stop it first', /school is running .*: `nightferry stop school` first$/],
] as const)('says of a batch that is running what to do: %s', async (instead, text) => {
  await expect(refuseRunning(running, instead)).rejects.toThrow(text);
});

it('lets a batch through that nobody runs', async () => {
  await refuseRunning({ name: 'school', whoRuns: async () => null } as unknown as BatchStore, 'stop it first');
});
