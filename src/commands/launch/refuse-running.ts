import type { BatchStore } from '../../store/batch/batch-store.js';
import { foreignLock } from '../../store/locks/engine-lock.js';
import { BadInput } from '../../words/bad-input.js';

/** The advice to an operator whose batch is running. */
export type Instead = 'look at it' | 'stop it first';

/**
 * @param instead  `stop it first` for a job that needs the batch at rest
 * @throws BadInput  when an engine works on the batch, before anything else is asked or read
 */
export async function refuseRunning(store: BatchStore, instead: Instead = 'look at it'): Promise<void> {
  const who = await store.whoRuns();
  if (!who) return;
  throw new BadInput(
    who.life === 'foreign'
      ? foreignLock(store.name, who)
      : `the batch ${store.name} is running (process ${who.pid} on ${who.host}); ${INSTEAD[instead](store.name)}`,
  );
}

const INSTEAD: Readonly<Record<Instead, (name: string) => string>> = {
  'look at it': (name) => `\`nightferry status ${name}\` shows it`,
  'stop it first': (name) => `this needs it at rest: \`nightferry stop ${name}\` first`,
};
