import type { Command } from 'commander';
import { attach } from './attach.js';
import { checkFromStart } from './check/check.js';
import { withConfig } from './input/config/with-config.js';
import { readNotices } from './input/notices/notice-options.js';
import type { StartFlags } from './input/start-options.js';
import { wholePath } from './input/whole-path.js';
import { openConsole } from './launch/open-console.js';
import { restartFor } from './launch/restart.js';
import { type StartedEngines, startServices } from './launch/start-services.js';
import { openWorkspace } from './process/command-parts.js';
import type { OnScreen } from './process/display.js';
import type { Io } from './process/io.js';

/**
 * `nightferry` alone, in a terminal: the console of the batch that runs, else the start screen, where a batch
 * is chosen or a mailbox moved.
 *
 * @returns the exit code
 */
export async function start(screen: OnScreen, given: StartFlags, program: Command, io: Io): Promise<number> {
  const { flags } = await withConfig(given, program, { tables: ['notify'] }, io);
  const notices = readNotices(flags, io);
  const workspace = await openWorkspace(flags, io);
  const running: string[] = [];
  for (const name of await workspace.list()) {
    const store = await workspace.open(name).catch(() => null);
    if ((await store?.whoRuns())?.socketPath) running.push(name);
  }
  const [only, ...more] = running;
  if (only !== undefined && more.length === 0) return await attach(only, flags, io);
  const { mode, launcher } = screen;
  const consoles = await launcher.loadConsoles();
  const engines: StartedEngines = new Map();
  const access = flags.readOnly ? 'read-only' : 'full';
  const choice = await consoles.start({
    services: startServices({ workspace, engines, notices }, launcher, io),
    mode,
    access,
  });
  if ('left' in choice) return choice.left;
  if ('check' in choice) return await checkFromStart(wholePath(choice.check, io), flags, io);
  const launched = engines.get(choice.attach);
  if (!launched) return await attach(choice.attach, flags, io);
  const store = await workspace.open(choice.attach);
  const restart = restartFor(store, { ...flags, notices }, launcher, io);
  return await openConsole({ launched, store, access, screen, restart }, io);
}
