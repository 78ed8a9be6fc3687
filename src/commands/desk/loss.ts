import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { plural } from '../../words/units.js';
import type { Timing, Version } from '../process/io.js';
import { readStatus } from './read-status.js';

/** Facts that Nightferry forgets with the records of a batch. The mail itself is not among it. */
export interface Loss {
  /** Messages that its ledgers hold as arrived. */
  readonly settled: number;
  /** Open failures, of messages and of folders. */
  readonly open: number;
  readonly mailboxes: number;
}

/** @returns null where the records cannot be read: then nothing of them is known */
export async function lossOf(store: BatchStore, io: Version & Timing): Promise<Loss | null> {
  try {
    const { batch } = await readStatus(store, io);
    const { copied, matched } = batch.counts;
    return { settled: copied + matched, open: batch.errors, mailboxes: batch.mailboxes };
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}

/** The loss in one sentence, and what stays. */
export function lossText(name: string, loss: Loss | null): string {
  const stays = 'The mail itself stays at both servers';
  if (loss === null) return `The records of ${name} cannot be read and are forgotten. ${stays}`;
  const { settled, open, mailboxes } = loss;
  const what = `the ledger of ${plural(settled, 'message')} in ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
  const failures = open === 0 ? '' : ` and ${plural(open, 'open failure')}`;
  return `${name}: ${what}${failures} ${open === 0 ? 'is' : 'are'} forgotten. ${stays}; the same move again compares all of it anew`;
}
