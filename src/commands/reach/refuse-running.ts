import type { BatchStore } from '../../store/batch/batch-store.js';
import { foreignLock } from '../../store/locks/engine-lock.js';
import { BadInput } from '../../words/bad-input.js';

/** The advice to an operator whose batch is running. */
export type Instead = 'look at it' | 'go on with it' | 'stop it first';

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
  // An engine runs too where somebody has opened the batch at rest: nothing of it is at work then.
  'go on with it': (name) =>
    `\`nightferry status ${name}\` shows it; if a console only looks at it, \`nightferry continue ${name}\` lets it go on`,
  'stop it first': (name) => `this needs it at rest: \`nightferry stop ${name}\` first`,
};
