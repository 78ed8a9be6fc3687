/** The embedded IMAP server of the demo and of the engine's tests. */
export { CAPABILITIES, type Capability } from './capabilities.js';
export { type Certificate, DEMO_CERTIFICATE } from './certificate.js';
export { DailyLock } from './daily-lock.js';
export * from './fault-builders.js';
export type * from './faults.js';
export { GMAIL } from './gmail.js';
export { CYRUS_HABITS, DOVECOT_HABITS, type Habits, PLAIN_HABITS } from './habits.js';
export { M365 } from './m365.js';
export type { ServerOptions, TokenLogin, TokenVerdict } from './options.js';
export * from './script.js';
export { type Entrance, type ImapServer, startImapServer } from './server.js';
export { Account, type AccountOptions } from './store/account.js';
export { Accounts } from './store/accounts.js';
export { Folder, type FolderTraits } from './store/folder.js';
export { Message, type NewMessage } from './store/message.js';
export type { Quota } from './store/quota.js';
