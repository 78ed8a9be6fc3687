import { EngineGone } from '../engine/client.js';
import type { Status } from '../engine/protocol.js';
import type { BatchStore } from '../store/batch-store.js';
import { caughtUp } from './caught-up.js';
import { statusOfFiles } from './files-status.js';
import type { Io } from './io.js';
import { reachEngine } from './reach-engine.js';

/** How a batch stands: as the engine that runs it tells, else as its files do. */
export async function readStatus(store: BatchStore, io: Io): Promise<Status> {
  const engine = await reachEngine(store, io, 'read-only');
  try {
    if (engine) return await engine.status();
  } catch (error) {
    // It ended while it was being asked.
    if (!(error instanceof EngineGone)) throw error;
  } finally {
    engine?.close();
  }
  return statusOfFiles(store.batch, await caughtUp(store), io.clock.now());
}
