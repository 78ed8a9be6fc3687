import { isUnchanged, lookLater, type Owing, type Stood } from '../../copy/losses/look-later.js';
import type { Desk } from '../../imap/commands/desk.js';
import { Refused } from '../../imap/session/refused.js';
import { noteCounts } from './folder-notes.js';
import { knownFolder } from './folder-plan.js';
import type { PassParts } from './pass-parts.js';
import { enterRefusal } from './refused-folder.js';
import type { FolderTally } from './tally.js';

/** A folder with messages that no later connection has seen, and its counts. */
interface OwingFolder extends Owing {
  readonly tally: FolderTally;
}

/**
 * Looks whether the destination keeps the unproven messages of a folder, and notes that. A refusal to look is an open
 * failure of the folder, and the next run looks again.
 *
 * @param desk    of a connection that was opened after they were stored
 * @param before  the folder as it was read back; null: it was not, in this attempt
 * @throws ConnectionLost, UidValidityChanged, Refused where that concerns more than the folder
 */
export async function lookWhether(
  parts: PassParts,
  desk: Desk,
  owing: OwingFolder,
  before: Stood | null,
): Promise<void> {
  const { context, record, checkpoints } = parts;
  const { pair, ledger, tally } = owing;
  const { wire } = pair.destination;
  let lost = 0;
  try {
    const now = await desk.reopen(wire);
    if (before !== null && isUnchanged(before, now)) ledger.proven(ledger.unproven);
    else
      lost = await lookLater(context, desk, owing, before && Math.max(0, (before.messages ?? 0) - (now.messages ?? 0)));
  } catch (error) {
    if (error instanceof Refused && enterRefusal(context, error, pair.source.name)) return;
    throw error;
  }
  const known = knownFolder(record.data.folders, pair);
  if (known) known.proven = ledger.unproven.isEmpty;
  if (known && lost > 0) known.settledAt = null;
  // The ledger is written with the next checkpoint where the folder's note alone would not say that all is proven.
  if (lost > 0 || !known) checkpoints.watch(ledger);
  if (lost > 0) noteCounts(record, tally);
}
