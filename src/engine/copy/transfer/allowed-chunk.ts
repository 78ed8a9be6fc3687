import type { AllowanceSpent } from '../../budget/allowance-spent.js';
import type { CopyContext, FolderJob } from '../job.js';
import { type Lease, reserveAll, weightAsSent } from '../memory/copy-memory.js';
import type { TodoChunk } from './chunks.js';

/** The part of a chunk that may be asked for now. */
export interface AllowedChunk {
  readonly chunk: TodoChunk;
  /** Its memory; null: nothing of it may be asked for. */
  readonly lease: Lease | null;
  /** Why no more fits into the allowances of the day; null: all of it does. */
  readonly spent: AllowanceSpent | null;
  /** To be called when it came: what is read is counted as it came, and no longer as it was listed. */
  readonly came: () => void;
}

/**
 * Takes what a chunk needs, of the allowances and of memory, before the first byte of it is asked for.
 *
 * @throws BadInput, DiskTrouble, and what the signal was given
 */
export async function allowedOf(context: CopyContext, job: FolderJob, asked: TodoChunk): Promise<AllowedChunk> {
  const { chunk, spent, came } = await withinAllowance(context, job, asked);
  if (chunk.uids.length === 0) return { chunk, lease: null, spent, came };
  const lease = await reserveAll(context.memory, weightAsSent(chunk, job.treatments), context.signal);
  return { chunk, lease, spent, came };
}

async function withinAllowance(
  { allowance }: Pick<CopyContext, 'allowance'>,
  { todo }: Pick<FolderJob, 'todo'>,
  chunk: TodoChunk,
): Promise<Omit<AllowedChunk, 'lease'>> {
  if (allowance === null) return { chunk, spent: null, came: () => undefined };
  const sizes = chunk.uids.map((uid) => todo.sizeOf(uid));
  const { messages, spent } = await allowance.take(sizes);
  const taken = sizes.slice(0, messages);
  return {
    chunk: { uids: chunk.uids.slice(0, messages), bytes: taken.reduce((sum, size) => sum + size, 0) },
    spent,
    came: () => allowance.counted(taken),
  };
}
