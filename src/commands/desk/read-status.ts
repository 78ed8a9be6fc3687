import { EngineGone } from '../../protocol/client.js';
import type { Status } from '../../protocol/entities.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Timing, Version } from '../process/io.js';
import { reachEngine } from '../reach/reach-engine.js';
import { readBatchFiles } from './batch-files.js';
import { statusOfFiles } from './files-status.js';

/** How a batch stands: as the engine that runs it tells, else as its files do. */
export async function readStatus(store: BatchStore, io: Version & Timing): Promise<Status> {
  const engine = await reachEngine(store, io, 'read-only');
  try {
    if (engine) return await engine.status();
  } catch (error) {
    // It ended while it was being asked.
    if (!(error instanceof EngineGone)) throw error;
  } finally {
    engine?.close();
  }
  return statusOfFiles(store.batch, await readBatchFiles(store), io.clock.now());
}
