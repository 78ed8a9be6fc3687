import type { Verdict } from '../../../words/verdict.js';

/** The destination takes no mail in this folder. The other folders go on. */
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
 * The server answered BAD while literals were sent without waiting: it may have read messages as commands. The
 * connection is dropped. The next attempt sends the messages of the command alone, and waits for the server's `+`.
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
