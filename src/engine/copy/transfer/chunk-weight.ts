import type { Treated } from '../../../store/ledger/treated.js';
import { weightOf } from '../../memory/copy-memory.js';
import type { TodoChunk } from './chunks.js';

/** Bytes that a chunk takes in memory. A repaired message is there twice for a moment. */
export function inMemory(chunk: TodoChunk, { repaired }: Pick<Treated, 'repaired'>): number {
  const twice = !repaired.isEmpty && chunk.uids.some((uid) => repaired.has(uid));
  return weightOf(twice ? { ...chunk, bytes: chunk.bytes * 2 } : chunk);
}
