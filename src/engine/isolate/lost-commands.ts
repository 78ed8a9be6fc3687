import type { Unanswered } from '../imap/connection/loss.js';

/** Commands that list folders. The listing keeps its own record of names that break connections. */
export const LISTING: ReadonlySet<string> = new Set(['NAMESPACE', 'LIST', 'LSUB']);

/** Commands that a copy can do without. Where they are never answered, they are not asked any more: the folder is not to blame. */
export const DISPENSABLE: ReadonlySet<string> = new Set(['STATUS', 'SUBSCRIBE']);

/** Commands that read what a folder holds. */
export const READING: ReadonlySet<string> = new Set(['UID FETCH', 'UID SEARCH']);

/** Whether a command copied its messages, and did not read what a folder holds. */
export const isCopying = ({ uids, of }: Pick<Unanswered, 'uids' | 'of'>) =>
  uids !== null && (of === 'copy' || of === null);
