import type { ServerOptions } from './options.js';

/** Octets of a line of a message, as operators found them out. */
const LONGEST_LINE = 10_500;
const RESERVED = new Set(['Outbox', 'Sync Issues', 'Conversation History']);

/**
 * Microsoft 365, by what operators say of it: it announces little, drops `\Flagged` when a message is stored, refuses long
 * lines and reserved names, shows folders without mail, and ends a connection after ten refused commands.
 */
export const M365 = {
  greeting: 'The Microsoft Exchange IMAP4 service is ready. [QQBNADAAUABSADAAMQAuAGQAZQBtAG8A]',
  software: 'Microsoft.Exchange.Imap4.Imap4Server',
  without: [
    ...(['QUOTA', 'APPENDLIMIT', 'CONDSTORE', 'MULTIAPPEND', 'SPECIAL-USE', 'CREATE-SPECIAL-USE'] as const),
    ...(['LIST-STATUS', 'LIST-EXTENDED', 'ESEARCH', 'BINARY', 'ENABLE'] as const),
  ],
  specialFolders: {
    Drafts: '',
    'Sent Items': '',
    'Deleted Items': '',
    'Junk Email': '',
    Calendar: '',
    Contacts: '',
    Tasks: '',
  },
  mostRefusals: 10,
  habits: {
    lostOnAppend: ['\\Flagged'],
    refuseMessage: (raw) => (hasLongLine(raw) ? 'Message line is too long.' : null),
  },
  refuseName: (path) => (RESERVED.has(path) ? 'Folder name is reserved.' : null),
} as const satisfies ServerOptions;

function hasLongLine(raw: Buffer): boolean {
  for (let from = 0; from < raw.length; ) {
    const end = raw.indexOf('\r\n', from);
    if ((end < 0 ? raw.length : end) - from > LONGEST_LINE) return true;
    if (end < 0) return false;
    from = end + 2;
  }
  return false;
}
