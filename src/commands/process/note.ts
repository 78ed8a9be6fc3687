import { harmless } from './harmless.js';
import type { Stderr } from './io.js';

/** Prints a note beside the answer, on stderr. */
export function note(text: string, { err }: Stderr): Promise<unknown> {
  // A failure is ignored: the answer is on stdout, and nobody may be reading stderr.
  return err.write(`note: ${harmless(text)}\n`).catch(() => undefined);
}
