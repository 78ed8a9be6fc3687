import type { Desk } from '../../imap/commands/desk.js';
import { unlessRefused } from '../../imap/session/refused.js';
import type { Target } from '../transfer/append-target.js';

/** Whether SELECT opened the folder for reading only. */
export async function isReadOnly(desk: Desk, folder: string): Promise<boolean> {
  const opened = desk.lastOpened(folder) ?? (await unlessRefused(desk.open(folder)));
  return opened?.access === 'read-only';
}

/**
 * Finds out whether a folder takes no message at all. A folder that is frozen during a cutover refuses every message in
 * words of its own, and without this look each message would be tried.
 */
export class ReadOnlyFolders {
  /** By wire name: the folder opened for reading only, and a second message was refused, too. */
  readonly #takesNone = new Map<string, Promise<boolean>>();

  /**
   * @param uid  of the message that was refused alone
   * @returns the refusal as one that says so; null where it is of the message
   */
  async explains(target: Target, uid: number, line: string): Promise<string | null> {
    let takesNone = this.#takesNone.get(target.wire);
    if (!takesNone) {
      takesNone = target.isReadOnly().then(async (isReadOnly) => isReadOnly && !(await target.othersPass(uid)));
      this.#takesNone.set(target.wire, takesNone);
    }
    return (await takesNone) ? `NO [READ-ONLY] ${line.replace(/^(?:NO|BAD) (?:\[[^\]]*\] ?)?/i, '')}` : null;
  }
}
