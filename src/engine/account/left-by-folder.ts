import type { FolderLeft } from './ending-of-mailbox.js';

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
