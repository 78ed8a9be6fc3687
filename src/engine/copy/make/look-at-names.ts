import type { ListedFolder } from '../../imap/grammar/layout.js';
import { gatherFolders } from '../../listing/gather.js';
import { EVERYTHING, NameTrials } from '../../listing/trials.js';
import { listPatterns } from '../../listing/walk.js';
import type { CopyContext } from '../job.js';

/**
 * Lists the destination once more: names may have come back otherwise than they were made.
 *
 * @returns null where it refuses to be listed
 * @throws ConnectionLost, TooManyNames
 */
export async function lookAtNames({ connections }: CopyContext): Promise<readonly ListedFolder[] | null> {
  const { rows, refused } = await listPatterns(connections.destination.session, [EVERYTHING], new NameTrials());
  return refused.length === 0 ? gatherFolders(rows, new Set(), false).folders : null;
}
