import type { Allowance } from '../../budget/allowance.js';
import type { AllowanceSpent } from '../../budget/allowance-spent.js';
import type { TodoList } from '../prepare/todo-list.js';
import type { TodoChunk } from './chunks.js';

/** The part of a chunk that fits into the allowances of the day, and why no more does; null: all of it fits. */
export interface AllowedChunk {
  readonly chunk: TodoChunk;
  readonly spent: AllowanceSpent | null;
  /** To be called when it came: what is read is counted as it came, and no longer as it was listed. */
  readonly came: () => void;
}

/** Takes what a chunk needs of the allowances before the first byte of it is asked for. @throws BadInput, DiskTrouble */
export async function allowedOf(
  allowance: Allowance | null,
  todo: Pick<TodoList, 'sizeOf'>,
  chunk: TodoChunk,
): Promise<AllowedChunk> {
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
