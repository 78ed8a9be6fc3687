import { dirname, join } from 'node:path';
import { serveEngine } from '../../engine/host/server.js';
import type { Credentials } from '../../engine/imap/session/credentials.js';
import type { EngineEvent } from '../../protocol/events.js';
import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { socketPathFor } from '../../store/locks/socket-path.js';
import { sweepSockets } from '../../store/locks/stale-sockets.js';
import type { NoticesOfRun } from '../input/notices/notice-options.js';
import { listenForInterrupts } from '../process/interrupts.js';
import type { Engines, Environment, Signals, Timing, Version } from '../process/io.js';
import { noticeWishes } from './notice-wishes.js';

/** An engine to run in this process. */
export interface EngineRun {
  readonly batch: Batch;
  readonly workspace: Workspace;
  readonly credentials: Credentials;
  /** Opened to be looked at: no mailbox starts before an operator says so. */
  readonly atRest?: boolean;
  /** Null, or none: the operator gets no notices. */
  readonly notices?: NoticesOfRun | null;
  /** Called last, when nothing can be refused any more: it creates the batch where it is new. */
  openStore(): Promise<BatchStore>;
  /** Told everything, the batch first. */
  show(event: EngineEvent): void;
}

/**
 * Runs a batch in this process, to its end or until it is interrupted: takes the batch's lock and opens
 * its socket. Both are gone when this resolves.
 *
 * @returns the exit code
 */
export async function runEngine(
  run: EngineRun,
  io: Environment & Version & Timing & Signals & Engines,
): Promise<number> {
  const { batch, workspace, credentials, atRest = false } = run;
  const path = await socketPathFor(join(workspace.root, batch.name), io.env, io.uid, io.tmp);
  const startEngine = await io.loadEngine(atRest ? null : batch);
  const store = await run.openStore();
  const notices = run.notices ? noticeWishes(run.notices, store, io) : null;
  const lock = await store.lockEngine({ socketPath: path });
  try {
    await keepWave(store, batch);
    const engine = startEngine({
      batch,
      store,
      workspace,
      credentials,
      atRest,
      notices,
      clock: io.clock,
      random: io.random,
    });
    const deaf = engine.onEvent((event) => run.show(event));
    await sweepSockets(dirname(path), io.clock.now());
    const socket = await serveEngine(engine, { path, batch: batch.name, program: io.version, clock: io.clock });
    const interrupts = listenForInterrupts(engine, io);
    try {
      run.show({ type: 'batch', batch: engine.status().batch });
      const exitCode = (await Promise.race([engine.run(), interrupts.overdue])) ?? 130;
      return interrupts.count() > 1 ? 130 : exitCode;
    } finally {
      interrupts.release();
      deaf();
      await socket.close();
    }
  } finally {
    await lock.release();
  }
}

/** The next `resume` goes on with the wave of this run. */
async function keepWave(store: BatchStore, { options: { wave } }: Pick<Batch, 'options'>): Promise<void> {
  const { batch } = store;
  if (batch.options.wave !== wave) await store.amend({ ...batch, options: { ...batch.options, wave } });
}
