import type { Endpoint, PlanRow } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { DiskTrouble } from '../../store/documents/disk-trouble.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import { BadInput } from '../../words/bad-input.js';

/** Another batch fills this destination mailbox now: two would each copy what the other has copied. */
export class DestinationTaken extends Error {
  override readonly name = 'DestinationTaken';
}

/**
 * The right to write into a row's destination mailbox, over all batches of this workspace.
 *
 * @throws DestinationTaken  naming the process that has it
 */
export async function takeDestination(
  workspace: Pick<Workspace, 'lockDestination'>,
  { host, port }: Endpoint,
  { destinationUser }: PlanRow,
): Promise<DestinationLock> {
  try {
    // The lock ignores the login and the case of the user: it is one mailbox.
    return await workspace.lockDestination(`${destinationUser.toLowerCase()} at ${host}:${port}`);
  } catch (error) {
    if (error instanceof BadInput && !(error instanceof DiskTrouble)) throw new DestinationTaken(error.message);
    throw error;
  }
}
