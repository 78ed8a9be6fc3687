import { Low } from 'lowdb';
import { BadInput } from '../../words/bad-input.js';
import type { DurableFile } from './durable-file.js';

/** Reads a document that can be learned anew.  @returns null: its file cannot be used, and is left alone */
export async function openUnlessBad<T>(file: DurableFile<T>, empty: T): Promise<Low<T> | null> {
  const low = new Low(file, empty);
  try {
    await low.read();
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
  return low;
}
