import type { ABOUT_REFUSALS } from './advice-keys.js';
import type { Texts } from './texts.js';

/** Advice about a refusal of a command, in words. */
export const OF_REFUSALS: Texts<(typeof ABOUT_REFUSALS)[number]> = {
  nothing: 'Nothing to do.',
  passing:
    'A passing fault of the server. It is tried again by itself; if it lasts over an hour, ask the provider with this text.',
  maintenance:
    "The mailbox's state forbids this for now (repair, move, indexing, maintenance). It is tried again every few minutes; after an hour ask the provider when it ends. The web interface often shows a banner.",
  'read-only':
    'The mailbox is read-only for now, as at a cutover or in repair. End the freeze or give write access, then it goes on by itself.',
  locked:
    'Another session holds the mailbox. Close other mail programs and other migration tools on it; it is tried again by itself.',
  'server fault':
    'The server failed inside. It is tried two or three times, then rarely; give the provider the time and the exact text so that it can be found in the server log.',
  'server setup':
    "A lasting fault of the server's set-up: mail is copied all the same, but each message may take a second. It does not pass by itself; ask the server's administrator to start the file monitor that the text names, or to raise its limit.",
  'unknown outcome':
    'The server does not say how much was done. What arrived is read back before anything is tried again.',
  'no mailbox':
    'The server lists files that are no mailboxes; some list a whole home directory. Open one in the web mail: where it holds no mail, leave such names out with --exclude or skip these failures.',
  corrupt:
    'The server holds damaged data. Ask its administrator to repair the folder (Dovecot: force-resync, Cyrus: reconstruct, Zimbra and Kerio: reindex), then retry.',
  'full mailbox':
    'The destination is full. Look at its quota meter, raise the quota or empty the trash, then retry; smaller messages may still fit.',
  'quota warning': 'The mailbox is near or over its quota. Raise it before the copy gets stuck.',
  'message size':
    "The message is over the server's size limit. Ask the provider to raise it for the migration, or skip the message; its UID is not tried again by itself.",
  'message refused':
    'The server will not take this message (malformed, empty, forbidden content). It is skipped and listed; export it or skip it for good.',
  flags: 'A flag or keyword is not accepted. The message is stored without it, and the loss is noted.',
  'part refused': 'The server cannot give this message in full. It is fetched raw once, then skipped and listed.',
  gone: 'The message was deleted meanwhile. Nothing is lost that was there.',
  'folder missing':
    'The folder is not there (deleted, renamed, or a container without mail). The other folders go on; look at the folder map.',
  'folder to create': 'The folder is missing at the destination. It is created once, then the message is tried again.',
  'special use': 'The server does not take this special use. The folder is created without it.',
  'folder name':
    'The server does not accept this folder name (characters, length, depth, prefix). Map it to another name.',
  'folder rights':
    'Access rights forbid this. Give the login rights on the folder (read at the source; insert, write and create at the destination), or leave the folder out.',
  'command off': 'This server has this command switched off. What depends on it is left out.',
  'folder unusable':
    'The folder cannot be opened or made. The other folders go on; try it in the web interface, then retry.',
  'our bug':
    'The server did not understand us. The exchange is logged whole; please report it with the server name and version.',
};
