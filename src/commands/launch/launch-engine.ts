import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connectEngine, EngineGone } from '../../protocol/client.js';
import { isEndOfBatch } from '../../protocol/exit-code.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { packCredentials } from '../input/credentials/credential-packet.js';
import type { Detached, Launcher, Timing, Version } from '../process/io.js';
import { survivalOf } from '../process/kill-user-processes.js';
import type { Launched } from './launched.js';
import { type AttentiveClient, listenAtOnce } from './listen-at-once.js';
import type { Run } from './run.js';

/** Where an engine that nobody watches writes what it cannot tell anybody else. */
const ENGINE_LOG = 'engine.log';

const LOOK_EVERY_MS = 20;
/** After so long it is said what is waited for. */
const SAY_AFTER_MS = 1_500;
/** An engine that has no socket by then has a trouble of its own. */
const GIVE_UP_AFTER_MS = 60_000;

const SCOPE = ['systemd-run', '--user', '--scope', '--quiet', '--collect', '--'];

/**
 * Starts the engine of a batch as a process that outlives this one, and waits until it answers.
 *
 * @param say  told, in one line, what somebody who waits should know
 * @throws BadInput  with the engine's own words, when it refuses or breaks at its start
 */
export async function launchEngine(
  run: Pick<Run, 'batch' | 'workspace' | 'credentials' | 'atRest' | 'notices'>,
  store: BatchStore,
  say: (line: string) => Promise<void>,
  launcher: Launcher,
  io: Version & Timing,
): Promise<Launched> {
  const survival = survivalOf(await launcher.loginFacts());
  if (survival.kind === 'ends') await say(`note: ${survival.hint}`);
  const log = join(store.dir, ENGINE_LOG);
  const before = await sizeOf(log);
  const engine = await launcher.startDetached({
    argv: ['engine', store.name, '--state', run.workspace.root],
    input: packCredentials(run),
    log,
    within: survival.kind === 'in a scope' ? SCOPE : [],
  });
  // Meanwhile, and not before: they take as long to load as an engine to start.
  launcher.loadConsoles().catch(() => undefined);
  return await waitForSocket(engine, store, say, io, () => lastWords(log, before));
}

async function waitForSocket(
  engine: Detached,
  store: BatchStore,
  say: (line: string) => Promise<void>,
  io: Version & Timing,
  words: () => Promise<string>,
): Promise<Launched> {
  let end: Awaited<Detached['ended']> | null = null;
  void engine.ended.then((how) => {
    end = how;
  });
  const since = io.clock.monotonic();
  let said = false;
  for (;;) {
    const ended = end as Awaited<Detached['ended']> | null;
    const client = await tryConnect(store, io);
    // An engine that ended before it said what it runs is noticed by its end.
    if (client && (await client.met))
      return { kind: 'running', client, exitCode: engine.ended.then(({ code }) => code) };
    if (ended) return { kind: 'ended', exitCode: await exitCodeOf(ended, store, words) };
    const waited = io.clock.monotonic() - since;
    if (waited > GIVE_UP_AFTER_MS) {
      throw new BadInput(
        `the engine of ${store.name} (process ${engine.pid}) opens no socket; ${join(store.dir, ENGINE_LOG)} may say why`,
      );
    }
    if (waited > SAY_AFTER_MS && !said) {
      said = true;
      await say(`waiting for the engine of ${store.name} (process ${engine.pid}) to open its socket`);
    }
    await io.clock.sleep(LOOK_EVERY_MS);
  }
}

async function tryConnect(store: BatchStore, io: Version & Timing): Promise<AttentiveClient | null> {
  const who = await store.whoRuns();
  if (!who?.socketPath) return null;
  try {
    return listenAtOnce(await connectEngine(who.socketPath, { clock: io.clock, program: io.version }));
  } catch (error) {
    // The lock is taken a moment before the socket is open.
    if (error instanceof EngineGone) return null;
    throw error;
  }
}

/** An engine that had nothing to do may be at its end already. */
async function exitCodeOf(
  { code, signal }: Awaited<Detached['ended']>,
  store: BatchStore,
  words: () => Promise<string>,
): Promise<number> {
  if (code !== null && isEndOfBatch(code)) return code;
  const why = (await words()) || `it ended with ${signal ?? `exit code ${code}`}`;
  throw new BadInput(`the engine of ${store.name} did not start: ${why}`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

/** The last thing that was written since, in one line. */
async function lastWords(file: string, from: number): Promise<string> {
  const text = (await readFile(file).catch(() => Buffer.alloc(0))).subarray(from).toString('utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const own = lines.findLast((line) => line.startsWith('nightferry: ')) ?? lines.at(-1) ?? '';
  return own.replace(/^nightferry: /, '');
}
