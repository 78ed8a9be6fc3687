import type { BatchStore } from '../../store/batch/batch-store.js';
import { endpointAt, endpointKeys, withFingerprint } from '../../store/batch/endpoints.js';
import { SIDES } from '../../words/side.js';
import { asTyped } from '../output/as-typed.js';
import type { OnScreen } from '../process/display.js';
import type { Environment, Stderr, Stdout, Timing, Version } from '../process/io.js';
import { reachEngine } from '../reach/reach-engine.js';
import { farewell } from './farewell.js';
import { launchEngine } from './launch-engine.js';
import { openConsole } from './open-console.js';
import type { Run } from './run.js';

/**
 * Starts the engine as a process of its own, and the console on it.
 *
 * @returns 0 after leaving a running engine, else the batch's exit code
 */
export async function runDetached(
  run: Run,
  screen: OnScreen,
  io: Stdout & Stderr & Environment & Version & Timing,
): Promise<number> {
  const store = await run.openStore();
  const say = (line: string) => io.err.write(`${line}\n`).catch(() => undefined);
  const launched = await launchEngine(run, store, say, screen.launcher, io);
  if (launched.kind === 'ended') {
    // It had next to nothing to do: its outcome is in the files.
    const { summaryOfFiles } = await import('../desk/summary-of-files.js');
    await io.out.write(`${await summaryOfFiles(store, io)}\n${farewell(store.name, asTyped(store, io), launched)}`);
    return launched.exitCode;
  }
  const restart = async () => {
    // Another console may have been quicker.
    const running = await reachEngine(store, io, 'full');
    return running
      ? ({ kind: 'running', client: running, exitCode: null } as const)
      : launchEngine(await asAmended(run, store), store, async () => {}, screen.launcher, io);
  };
  return await openConsole({ launched, store, access: 'full', screen, restart }, io);
}

/** The run with the certificates that an operator vouched for since it began. */
async function asAmended(run: Run, { name, batch: before }: BatchStore): Promise<Run> {
  const { batch: now } = await run.workspace.open(name);
  let { batch } = run;
  for (const side of SIDES)
    for (const key of endpointKeys(now, side)) {
      const { fingerprint } = endpointAt(now, side, key);
      if (fingerprint !== endpointAt(before, side, key).fingerprint)
        batch = withFingerprint(batch, side, key, fingerprint);
    }
  return { ...run, batch };
}
