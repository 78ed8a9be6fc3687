import { hostname } from 'node:os';
import { EngineGone } from '../engine/client.js';
import type { EngineAnswer, EngineCommand } from '../engine/protocol.js';
import type { BatchStore } from '../store/batch-store.js';
import type { EngineLock } from '../store/engine-lock.js';
import { BadInput } from '../words/bad-input.js';
import { caughtUp } from './caught-up.js';
import { FilesDesk } from './decide-on-files.js';
import type { Io } from './io.js';
import { reachEngine } from './reach-engine.js';

/** What scripts ask about failures and decide of them. */
export type DeskCommand = Extract<
  EngineCommand,
  { do: 'preview' | 'decide' | 'undo' | 'decisions' | 'correct' | 'uncorrect' }
>;

/** Whoever answers for a batch: the engine that runs it, else its files. @throws BadInput  where it refuses */
export type Ask = (command: DeskCommand) => Promise<EngineAnswer & { readonly ok: true }>;

/** How long an engine that is starting, or another command at the files, is waited for. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = 100;

/**
 * Asks the engine that runs a batch. Where none does its files are asked, and what is decided counts from the
 * next resume on; while something may be changed they are held by the engine's lock, so that none starts meanwhile.
 *
 * @param work  is begun anew where the engine ends before it took the first order
 * @throws BadInput  where it is refused, or the batch is run where it cannot be reached
 */
export async function atDesk<T>(
  store: BatchStore,
  io: Io,
  access: 'look' | 'change',
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const until = io.clock.now() + PATIENCE_MS;
  for (;;) {
    const engine = await reachEngine(store, io, 'full');
    if (engine) {
      try {
        return await work(async (command) =>
          accepted(await engine.command(command), `the engine of ${store.name} says: `),
        );
      } catch (error) {
        // It had ended, and nothing was sent any more.
        if (!(error instanceof EngineGone)) throw error;
      } finally {
        engine.close();
      }
    }
    if (access === 'look') return await work(await askFiles(store, io));
    const lock = await lockFiles(store, until, io);
    if (!lock) continue;
    try {
      return await work(await askFiles(store, io));
    } finally {
      await lock.release();
    }
  }
}

async function askFiles(store: BatchStore, io: Io): Promise<Ask> {
  const desk = new FilesDesk(store, await caughtUp(store), io.clock);
  return async (command) => accepted(await desk.command(command), '');
}

function accepted(answer: EngineAnswer, from: string): EngineAnswer & { readonly ok: true } {
  if (!answer.ok) throw new BadInput(`${from}${answer.why}`);
  return answer;
}

/** @returns null where another has it who may answer soon, or be done */
async function lockFiles(store: BatchStore, until: number, io: Io): Promise<EngineLock | null> {
  try {
    return await store.lockEngine({ socketPath: null });
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const who = await store.whoRuns();
    if ((who && who.host !== hostname()) || io.clock.now() >= until) throw error;
    await io.clock.sleep(AGAIN_MS);
    return null;
  }
}
