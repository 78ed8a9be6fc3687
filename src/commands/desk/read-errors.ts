import { type Grouping, groupErrors, WHOLE } from '../../engine/triage/error-groups.js';
import type { ErrorGroupEntity } from '../../protocol/answers.js';
import { EngineGone } from '../../protocol/client.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import type { Stderr, Timing, Version } from '../process/io.js';
import { reachEngine } from '../reach/reach-engine.js';
import { readBatchFiles } from './batch-files.js';
import { noteUnread } from './note-files.js';

/** Longer sets of UIDs may have been cut by the engine. */
const WHOLE_UIDS = 1_900;

/**
 * Failures in groups, from the running engine, which is a checkpoint ahead of the files. From the files,
 * which have all, where none runs or there is more than it sends.
 */
export async function readErrors(
  store: BatchStore,
  grouping: Grouping,
  io: Stderr & Version & Timing,
): Promise<readonly ErrorGroupEntity[]> {
  const sent = await errorsOfEngine(store, grouping, io);
  if (sent) return sent;
  const files = await readBatchFiles(store);
  await noteUnread(store, files, io);
  return groupErrors(files.ledgers, grouping, WHOLE);
}

async function errorsOfEngine(
  store: BatchStore,
  grouping: Grouping,
  io: Version & Timing,
): Promise<readonly ErrorGroupEntity[] | null> {
  const engine = await reachEngine(store, io, 'read-only');
  if (!engine) return null;
  try {
    const answer = await engine.command({ do: 'errors', mailbox: null, ...grouping });
    if (!answer.ok) throw new BadInput(`the engine of ${store.name} says: ${answer.why}`);
    return isWhole(answer.errors) ? answer.errors : null;
  } catch (error) {
    if (error instanceof EngineGone) return null;
    throw error;
  } finally {
    engine.close();
  }
}

/** Whether every entry was sent, and each whole. */
function isWhole(groups: readonly ErrorGroupEntity[]): boolean {
  return groups.every(
    ({ entries, size }) =>
      entries.length === size &&
      entries.every(({ uids, destinationUids }) => Math.max(uids.length, destinationUids.length) <= WHOLE_UIDS),
  );
}
