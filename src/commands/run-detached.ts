import type { BatchStore } from '../store/batch-store.js';
import { caughtUp } from './caught-up.js';
import type { OnScreen } from './display.js';
import { farewell } from './farewell.js';
import { statusOfFiles } from './files-status.js';
import type { Io } from './io.js';
import { launchEngine } from './launch-engine.js';
import { openConsole } from './open-console.js';
import { reachEngine } from './reach-engine.js';
import type { Run } from './run-batch.js';
import { summaryTable } from './summary.js';

/**
 * Starts the engine as a process of its own, and the console on it.
 *
 * @returns 0 after leaving a running engine, else the batch's exit code
 */
export async function runDetached(run: Run, screen: OnScreen, io: Io): Promise<number> {
  const store = await run.openStore();
  const say = (line: string) => io.err.write(`${line}\n`).catch(() => undefined);
  // Meanwhile: they take as long to load as an engine to start.
  screen.ground.loadConsoles().catch(() => undefined);
  const launched = await launchEngine(run, store, say, screen.ground, io);
  if (launched.kind === 'ended') {
    await io.out.write(`${await summary(store, io)}\n${farewell(store.name, launched)}`);
    return launched.exitCode;
  }
  const restart = async () => {
    // Another console may have been quicker.
    const running = await reachEngine(store, io, 'full');
    return running
      ? ({ kind: 'running', client: running, exitCode: null } as const)
      : launchEngine(run, store, async () => {}, screen.ground, io);
  };
  return await openConsole({ launched, store, access: 'full', screen, restart }, io);
}

/** An engine that had next to nothing to do has ended before a console could be drawn. */
async function summary(store: BatchStore, io: Io): Promise<string> {
  const { batch, mailboxes } = statusOfFiles(store.batch, await caughtUp(store), io.clock.now());
  return summaryTable(mailboxes, batch.counts, batch.errors).join('\n');
}
