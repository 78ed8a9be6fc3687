import { type Access, connectEngine, type EngineClient, EngineGone } from '../../protocol/client.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { foreignLock, type Runner } from '../../store/locks/engine-lock.js';
import type { Timing, Version } from '../process/io.js';

/**
 * The engine that works on a batch, where one does.
 *
 * @returns null when none runs, or when it ended while it was being called
 * @throws BadInput  when it is of another version
 */
export async function reachEngine(
  store: BatchStore,
  io: Version & Timing,
  access: Access,
): Promise<EngineClient | null> {
  const who = await store.whoRuns();
  if (!who?.socketPath) return null;
  try {
    return await connectEngine(who.socketPath, { clock: io.clock, program: io.version }, access);
  } catch (error) {
    if (error instanceof EngineGone) return null;
    throw error;
  }
}

/** Why nobody answers for a batch, as whoever wants its engine is told. @param who  runs it; null: nobody */
export function whyNoEngine(name: string, who: Runner | null): string {
  if (who?.life === 'foreign') return foreignLock(name, who);
  return who
    ? `the batch ${name} is run by process ${who.pid} on ${who.host}, which answers at no socket here`
    : `the batch ${name} is not running`;
}
