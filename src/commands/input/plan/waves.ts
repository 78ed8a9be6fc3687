import type { PlanRow } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';

/**
 * A wave of no mailbox would be a night in which nothing moves.
 *
 * @param of  the plan's file or the batch, for the message
 * @throws BadInput  naming the waves that there are
 */
export function refuseEmptyWave(wave: number | null, rows: readonly Pick<PlanRow, 'wave'>[], of: string): void {
  if (wave === null || rows.some((row) => row.wave === wave)) return;
  const waves = [...new Set(rows.flatMap((row) => row.wave ?? []))].sort((a, b) => a - b);
  const there = waves.length === 0 ? 'no row has a Wave' : `its waves are ${waves.join(', ')}`;
  throw new BadInput(`--wave ${wave}: ${of} has no mailbox of that wave; ${there}`);
}
