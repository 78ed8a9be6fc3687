import { isSelectable, type ListedFolder, type SideLayout } from '../../imap/grammar/layout.js';
import type { Located } from './folder-names.js';
import type { Move } from './folder-target.js';
import { type Holder, isAllMail, type Role } from './special-use.js';

const isArchive = (folder: ListedFolder) => isAllMail(folder) && isSelectable(folder);

/** Adds the archive where folders are labels: All Mail holds mail without a label, which no other folder has. */
export function withArchive(
  holders: ReadonlyMap<Role, Holder>,
  { foldersAre }: Pick<SideLayout, 'foldersAre'>,
  folders: readonly Located[],
): ReadonlyMap<Role, Holder> {
  const at = foldersAre === 'labels' ? folders.find(({ folder }) => isArchive(folder)) : undefined;
  if (!at || holders.has('\\Archive')) return holders;
  return new Map([...holders, ['\\Archive', { at, by: 'attribute' }]]);
}

/**
 * The move of All Mail to a folder with the name of an archive, where no folder of the destination is marked as its
 * archive.
 */
export function archiveMove(
  { foldersAre }: Pick<SideLayout, 'foldersAre'>,
  folders: readonly Located[],
  taken: ReadonlyMap<Role, Holder>,
): readonly Move[] {
  const allMail = foldersAre === 'labels' ? folders.find(({ folder }) => isArchive(folder)) : undefined;
  const holder = taken.get('\\Archive');
  if (!allMail || holder?.by === 'attribute') return [];
  const to = holder?.at.path ?? { inbox: false, parts: ['Archive'] };
  return [{ from: allMail.path, to, how: 'well-known', folder: holder?.at.folder ?? null }];
}
