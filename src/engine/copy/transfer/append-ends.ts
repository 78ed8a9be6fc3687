import type { Verdict } from '../../../words/verdict.js';

/** The destination will not have this folder's mail; the other folders go on. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
  constructor(
    readonly verdict: Verdict,
    readonly command: string,
    readonly line: string,
  ) {
    super(line);
  }
}

/**
 * BAD came while literals were sent without waiting: the server may have read messages as
 * commands. The line is dropped; what was in it goes alone, and waits for `+`, next time.
 */
export class OutOfStep extends Error {
  override readonly name = 'OutOfStep';
  constructor(
    readonly line: string,
    readonly uids: readonly number[],
  ) {
    super(line);
  }
}
