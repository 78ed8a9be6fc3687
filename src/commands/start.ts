import { attach } from './attach.js';
import { openWorkspace } from './command-parts.js';
import type { OnScreen } from './display.js';
import type { Io } from './io.js';
import { openConsole } from './open-console.js';
import { restartFor } from './restart.js';
import { type StartedEngines, startServices } from './start-services.js';

/**
 * `nightferry` alone, in a terminal: the console of the batch that runs, else the start screen, where a batch
 * is chosen or a mailbox moved.
 *
 * @returns the exit code
 */
export async function start(screen: OnScreen, io: Io): Promise<number> {
  const workspace = await openWorkspace({}, io);
  const running: string[] = [];
  for (const name of await workspace.list()) {
    const store = await workspace.open(name).catch(() => null);
    if ((await store?.whoRuns())?.socketPath) running.push(name);
  }
  const [only, ...more] = running;
  if (only !== undefined && more.length === 0) return await attach(only, {}, io);
  const { mode, ground } = screen;
  const consoles = await ground.loadConsoles();
  const engines: StartedEngines = new Map();
  const choice = await consoles.start({ services: startServices(workspace, engines, ground, io), mode });
  if ('left' in choice) return choice.left;
  const client = engines.get(choice.attach);
  if (!client) return await attach(choice.attach, {}, io);
  const store = await workspace.open(choice.attach);
  const restart = restartFor(store, {}, ground, io);
  return await openConsole({ client, store, access: 'full', screen, restart }, io);
}
