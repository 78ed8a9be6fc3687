import type { BatchStore } from '../../store/batch/batch-store.js';
import { foreignLock } from '../../store/locks/engine-lock.js';
import { BadInput } from '../../words/bad-input.js';

/** @throws BadInput  when an engine works on the batch, before anything else is asked or read */
export async function refuseRunning(store: BatchStore): Promise<void> {
  const who = await store.whoRuns();
  if (!who) return;
  throw new BadInput(
    who.life === 'foreign'
      ? foreignLock(store.name, who)
      : `the batch ${store.name} is running (process ${who.pid} on ${who.host}); \`nightferry status ${store.name}\` shows it`,
  );
}
