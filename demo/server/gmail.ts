import type { ServerOptions } from './options.js';

/** Gmail: labels, its own folders with their attributes, and a stored message that is never stored a second time. */
export const GMAIL = {
  with: ['X-GM-EXT-1', 'LITERAL-'],
  specialFolders: {
    '[Gmail]/All Mail': '\\All',
    '[Gmail]/Drafts': '\\Drafts',
    '[Gmail]/Important': '\\Important',
    '[Gmail]/Sent Mail': '\\Sent',
    '[Gmail]/Spam': '\\Junk',
    '[Gmail]/Starred': '\\Flagged',
    '[Gmail]/Trash': '\\Trash',
  },
} as const satisfies ServerOptions;
