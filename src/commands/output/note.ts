import type { Stderr } from '../process/io.js';
import { harmless } from './plain-text.js';

/** Says something beside the answer. */
export function note(text: string, { err }: Stderr): Promise<unknown> {
  // Nobody reads stderr: the answer is on stdout.
  return err.write(`note: ${harmless(text)}\n`).catch(() => undefined);
}
