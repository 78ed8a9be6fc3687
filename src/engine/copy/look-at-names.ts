import type { ListedFolder } from '../imap/layout.js';
import { gatherFolders } from '../names/gather.js';
import { type ListRow, readListRow, type UnreadableRow } from '../names/list-row.js';
import type { CopyContext } from './job.js';

/**
 * Lists the destination once more: names may have come back otherwise than they were made.
 *
 * @returns null where it refuses to be listed
 * @throws LineLost
 */
export async function lookAtNames({ lines }: CopyContext): Promise<readonly ListedFolder[] | null> {
  const rows: (ListRow | UnreadableRow)[] = [];
  const { wire } = lines.destination.session;
  const answer = await wire.command('LIST', ['LIST "" "*"'], (response) => {
    const row = readListRow(response);
    if (row) rows.push(row);
    return row !== undefined;
  });
  return answer.status === 'OK' ? gatherFolders(rows, new Set(), false).folders : null;
}
