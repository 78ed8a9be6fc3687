import { setImmediate } from 'node:timers/promises';
import { type EngineClient, EngineGone } from '../../protocol/client.js';
import type { CommandOf, Granted } from '../../protocol/commands.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { EngineLock } from '../../store/locks/engine-lock.js';
import { BadInput } from '../../words/bad-input.js';
import type { Stderr, Timing, Version } from '../process/io.js';
import { reachEngine } from '../reach/reach-engine.js';
import { readBatchFiles } from './batch-files.js';
import { deskOnFiles } from './decide-on-files.js';
import { noteUnread } from './note-files.js';

/** Commands by which scripts ask about failures and decide about them. */
type DeskCommand = CommandOf<'preview' | 'decide' | 'give-up' | 'undo' | 'decisions' | 'correct' | 'uncorrect'>;

/** Asks the engine that runs a batch, else its files. @throws BadInput  where it refuses */
export type Ask = <C extends DeskCommand>(command: C) => Promise<Granted<C['do']>>;

/** How long an engine that is starting, or another command at the files, is waited for. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = 100;

/**
 * Asks the engine that runs a batch. Where none does its files are asked, and what is decided counts from the
 * next resume on; while something may be changed they are held by the engine's lock, so that none starts meanwhile.
 *
 * @param work  is started again if the engine ended before it received an order
 * @throws BadInput  where it is refused, or the batch is run where it cannot be reached
 */
export async function atDesk<T>(
  store: BatchStore,
  io: Stderr & Version & Timing,
  access: 'look' | 'change',
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const until = io.clock.monotonic() + PATIENCE_MS;
  for (;;) {
    const engine = await reachEngine(store, io, access === 'look' ? 'read-only' : 'full');
    if (engine) {
      const asked = await atEngine(store, engine, work);
      if (asked !== 'engine gone') return asked.result;
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

/** @returns `engine gone`  it ended before it received an order: the work can be done again @throws BadInput */
async function atEngine<T>(
  store: BatchStore,
  engine: EngineClient,
  work: (ask: Ask) => Promise<T>,
): Promise<{ readonly result: T } | 'engine gone'> {
  const told = { orders: 0 };
  try {
    return { result: await work((command) => askEngine(store, engine, command, told)) };
  } catch (error) {
    if (!(error instanceof EngineGone)) throw error;
    if (told.orders > 0) throw endedMeanwhile(store);
    return 'engine gone';
  } finally {
    engine.close();
  }
}

/** Commands that change nothing. */
const LOOKS: ReadonlySet<DeskCommand['do']> = new Set(['preview', 'decisions']);

/** @throws EngineGone  if the engine ended before it received the command */
async function askEngine<C extends DeskCommand>(
  store: BatchStore,
  engine: EngineClient,
  command: C,
  told: { orders: number },
): Promise<Granted<C['do']>> {
  const answer = await engine.command(command);
  if (answer.ok) {
    if (!LOOKS.has(command.do)) told.orders++;
    return answer;
  }
  if (!LOOKS.has(command.do) && (await isClosed(engine))) throw endedMeanwhile(store);
  throw new BadInput(`the engine of ${store.name} says: ${answer.why}`);
}

/** Commands that wait for an answer learn of a lost connection before `closed` does. */
function isClosed(engine: EngineClient): Promise<boolean> {
  return Promise.race([engine.closed.then(() => true), setImmediate(false)]);
}

function endedMeanwhile({ name }: BatchStore): BadInput {
  return new BadInput(
    `the engine of ${name} ended before it answered: \`nightferry decisions ${name}\` shows what was decided`,
  );
}

async function askFiles(store: BatchStore, io: Stderr & Timing): Promise<Ask> {
  const files = await readBatchFiles(store);
  await noteUnread(store, files, io);
  const desk = deskOnFiles(store, files, io.clock);
  return async (command) => {
    const answer = await desk.command(command);
    if (!answer.ok) throw new BadInput(answer.why);
    return answer;
  };
}

/** @returns null if another process holds the lock and may soon answer or finish */
async function lockFiles(store: BatchStore, until: number, io: Timing): Promise<EngineLock | null> {
  try {
    return await store.lockEngine({ socketPath: null });
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const who = await store.whoRuns();
    if (who?.life === 'foreign' || io.clock.monotonic() >= until) throw error;
    await io.clock.sleep(AGAIN_MS);
    return null;
  }
}
