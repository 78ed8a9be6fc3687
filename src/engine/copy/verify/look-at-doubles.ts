import type { ErrorLedger } from '../../../store/errors/error-ledger.js';
import { secondCopies } from '../../../store/ledger/doubles.js';
import { stillThere } from '../../imap/commands/scan.js';
import { Refused } from '../../imap/session/refused.js';
import type { CopyContext } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';

/**
 * Second copies that an earlier run found and that somebody has removed since are no failure any more. Asks nothing
 * where none were found.
 *
 * @throws LineLost, UidValidityChanged
 */
export async function lookAtDoubles(
  context: CopyContext,
  errors: ErrorLedger,
  pairs: readonly FolderPair[],
): Promise<void> {
  const { read } = context.lines.destination;
  for (const { folder, doubles } of errors.entries) {
    const pair = doubles && pairs.find(({ source }) => source.name === folder);
    if (!pair) continue;
    const sought = secondCopies(doubles);
    try {
      const { uidValidity } = await read.open(pair.destination.wire);
      // Of a folder that was made anew nothing is known: the operator has to look.
      if (uidValidity !== doubles.uidValidity) continue;
      const there = await stillThere(read, pair.destination.wire, sought.toString());
      errors.clearDoubles(pair.source.name, uidValidity, sought.minus(there));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}
