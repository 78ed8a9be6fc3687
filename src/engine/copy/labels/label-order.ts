import type { LabelPolicy } from '../../../store/batch/batch.js';
import { isInbox, type ListedFolder } from '../../imap/grammar/layout.js';
import { isAllMail, roleByAttribute } from '../map/special-use.js';

/** Groups of folders, in the order in which a message is given to the first that has it. */
const ORDER = ['inbox', 'drafts', 'label', 'sent', 'spam', 'trash', 'all mail'] as const;
type Group = (typeof ORDER)[number];
const GROUP_OF_ROLE: Readonly<Partial<Record<string, Group>>> = {
  '\\Drafts': 'drafts',
  '\\Sent': 'sent',
  '\\Junk': 'spam',
  '\\Trash': 'trash',
};

function groupOf(folder: ListedFolder): Group {
  if (isInbox(folder.name)) return 'inbox';
  if (isAllMail(folder)) return 'all mail';
  return GROUP_OF_ROLE[roleByAttribute(folder) ?? ''] ?? 'label';
}

/**
 * The place of each folder in the order by which a message of several is given to one: INBOX, Drafts, labels as the
 * server lists them, Sent, Spam, Trash, and All Mail last. Where labels become keywords All Mail is the first.
 */
export function labelPlaces(folders: readonly ListedFolder[], policy: LabelPolicy): readonly number[] {
  const rank = (folder: ListedFolder) => {
    const group = groupOf(folder);
    return policy === 'keywords' && group === 'all mail' ? -1 : ORDER.indexOf(group);
  };
  const sorted = folders
    .map((folder, at) => ({ at, rank: rank(folder) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at);
  const places = new Array<number>(folders.length).fill(0);
  for (const [place, { at }] of sorted.entries()) places[at] = place;
  return places;
}
