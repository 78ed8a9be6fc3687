import type { FolderLeft } from './ending-of-mailbox.js';

/** How many messages of a mailbox are still to be settled; null: nobody could look into it. */
export function leftInAll(folders: readonly FolderLeft[]): number | null {
  return folders.length === 0 ? null : folders.reduce((sum, { counts }) => sum + counts.left, 0);
}

/**
 * How many messages of each source folder are still to be settled. The folders are added up at the first question: most
 * mailboxes are never asked about, and one may have 18,000 folders.
 */
export function leftByFolder(folders: readonly FolderLeft[]): (folder: string) => number {
  let left: Map<string, number> | null = null;
  return (folder) => {
    if (left === null) {
      left = new Map();
      for (const { source, counts } of folders) left.set(source, (left.get(source) ?? 0) + counts.left);
    }
    return left.get(folder) ?? 0;
  };
}
