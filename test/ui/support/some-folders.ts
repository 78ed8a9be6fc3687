import type { FolderSeen } from '../../../src/ui/screens/start/services.js';

/** Folders of an account: INBOX, and so many in all. */
export function someFolders(count: number): readonly FolderSeen[] {
  return Array.from({ length: count }, (_, at) => aFolder(at === 0 ? 'INBOX' : `Folder ${at}`));
}

export function aFolder(path: string, more: Partial<FolderSeen> = {}): FolderSeen {
  return { path, shown: path, messages: 100, bytes: 1_000_000, isUsual: true, ...more };
}
