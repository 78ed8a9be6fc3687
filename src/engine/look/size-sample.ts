/** How many messages of a folder were weighed, and how much they weigh. */
export interface WeighedFolder {
  readonly messages: number;
  readonly counted: number;
  /** Bytes of those that were counted. */
  readonly bytes: number;
}

/** Bytes of a mailbox. `about`: worked out from a part of its messages, or from what a quota says. */
export interface MailboxSize {
  readonly bytes: number;
  readonly is: 'whole' | 'about';
}

/** The number of places in a folder from which a sample comes. Old mail of a folder is not like its new mail. */
const PLACES = 8;

/**
 * Chooses messages of a folder to ask for their size, as a set of sequence numbers: all if the whole mailbox
 * has few, else as many as are its share, from all over the folder.
 *
 * @param messages of the folder, at least 1
 * @param all      messages of the mailbox
 * @param most     that may be asked for in the whole mailbox
 */
export function sampleOf(messages: number, all: number, most: number): string {
  // Not by number: one may be gone since they were counted, and a set that is too long is refused by some.
  if (all <= most) return '1:*';
  const share = Math.max(1, Math.floor((messages * most) / all));
  const places = Math.min(PLACES, share);
  const length = Math.floor(share / places);
  return Array.from({ length: places }, (_, place) => {
    const first = 1 + Math.floor((place * messages) / places);
    return `${first}:${first + length - 1}`;
  }).join(',');
}

/**
 * Estimates the size of a mailbox from the folders that were weighed. A folder that was not reached is taken for one like the
 * others.
 *
 * @returns null where nothing was weighed
 */
export function sizeFrom(folders: readonly WeighedFolder[]): MailboxSize | null {
  const counted = folders.reduce((sum, folder) => sum + folder.counted, 0);
  const weighed = folders.reduce((sum, folder) => sum + folder.bytes, 0);
  if (folders.every((folder) => folder.counted >= folder.messages)) return { bytes: weighed, is: 'whole' };
  if (counted === 0) return null;
  const bytes = folders.reduce((sum, folder) => {
    const each = folder.counted > 0 ? folder.bytes / folder.counted : weighed / counted;
    return sum + each * folder.messages;
  }, 0);
  return { bytes: Math.round(bytes), is: 'about' };
}
