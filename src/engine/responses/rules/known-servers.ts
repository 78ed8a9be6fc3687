import type { Rule } from '../rule.js';

/** Gmail's allowance of the day is used up: the name of the rule that says so. */
export const GMAIL_DAILY_LIMITS = 'gmail-daily-limits';

/** Rules for wordings of one server. They are tried first, because they are more exact than any general rule. */
export const KNOWN_SERVERS: readonly Rule[] = [
  // Exchange's own number. "Invalid argument" there is about the command, and on APPEND the message is its argument.
  {
    name: 'exchange-argument-append',
    says: ['Exchange: argument error', 'Exchange: command error'],
    groups: ['append'],
    codes: [null],
    means: { kind: 'message-policy', advice: 'message refused' },
  },
  // In logs of operators this response was about a message eight times of nine.
  {
    name: 'exchange-argument-unknown',
    says: ['Exchange: argument error'],
    groups: ['other'],
    codes: [null],
    means: { kind: 'message-policy', advice: 'message refused' },
  },
  {
    name: 'exchange-argument-fetch',
    says: ['Exchange: argument error'],
    groups: ['fetch'],
    codes: [null],
    means: { kind: 'server-bug', advice: 'part refused' },
  },
  {
    name: 'exchange-argument',
    says: ['Exchange: argument error', 'Exchange: command error'],
    codes: [null],
    status: ['BAD'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  {
    name: 'exchange-unavailable-append',
    says: ['Exchange: server unavailable'],
    groups: ['append'],
    codes: [null],
    server: ['exchange', 'microsoft', 'office', 'outlook', 'm365'],
    means: { kind: 'quota', advice: 'server unavailable' },
  },
  {
    name: 'exchange-unavailable',
    says: ['Exchange: server unavailable'],
    groups: ['open', 'make', 'look', 'copy', 'store', 'fetch', 'other'],
    codes: [null],
    server: ['exchange', 'microsoft', 'office', 'outlook', 'm365'],
    means: { kind: 'throttled', advice: 'server unavailable' },
  },
  {
    name: 'exchange-closed',
    says: ['Exchange: connection closed'],
    status: ['BYE'],
    means: { kind: 'transient', advice: 'passing', scope: 'mailbox' },
  },
  {
    name: 'exchange-not-connected',
    says: ['Exchange: not connected'],
    means: { kind: 'auth', advice: 'mailbox permission' },
  },
  {
    name: 'exchange-authenticate-failed',
    says: ['Exchange: authenticate failed'],
    groups: ['login'],
    codes: [null],
    unless: ['imap switched off', 'other login method', 'token expired', 'wrong password', 'account closed'],
    means: { kind: 'auth', advice: 'application unknown' },
  },
  {
    name: 'exchange-duplicate-folders',
    says: ['Exchange: duplicate folders'],
    means: { kind: 'folder', advice: 'folder unusable' },
  },
  {
    name: 'exchange-item',
    says: ['Exchange: item not served'],
    groups: ['fetch'],
    codes: [null],
    means: { kind: 'server-bug', advice: 'part refused' },
  },
  { name: GMAIL_DAILY_LIMITS, says: ['Gmail: daily limits'], means: { kind: 'throttled', advice: 'throttled' } },
  { name: 'gmail-passing', says: ['Gmail: passing fault'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'gmail-session',
    says: ['Gmail: session over'],
    status: ['BYE'],
    means: { kind: 'transient', advice: 'passing', scope: 'mailbox' },
  },
  { name: 'dovecot-prefix', says: ['Dovecot: prefix missing'], means: { kind: 'folder', advice: 'folder name' } },
  // The folder's name follows, which may contain any words.
  {
    name: 'dovecot-folder-target',
    says: ['Dovecot: no such folder'],
    groups: ['append', 'copy'],
    means: { kind: 'folder', advice: 'folder to create', next: 'create-folder' },
  },
  { name: 'dovecot-folder', says: ['Dovecot: no such folder'], means: { kind: 'folder', advice: 'folder missing' } },
  {
    name: 'dovecot-internal',
    says: ['Dovecot: internal error'],
    unless: ['passing', 'maintenance'],
    codes: [null, 'SERVERBUG'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
  {
    name: 'dovecot-inconsistent',
    says: ['Dovecot: session inconsistent'],
    means: { kind: 'transient', advice: 'passing' },
  },
  { name: 'cyrus-no-imap', says: ['Cyrus: no IMAP spoken'], means: { kind: 'client-bug', advice: 'wrong protocol' } },
  { name: 'cyrus-reserved', says: ['Cyrus: reserved'], means: { kind: 'mailbox-state', advice: 'maintenance' } },
  {
    name: 'courier-refused-message',
    says: ['Courier: command refused'],
    groups: ['append', 'store'],
    means: { kind: 'message-policy', advice: 'message refused' },
  },
  {
    name: 'courier-refused',
    says: ['Courier: command refused'],
    unless: ['login failed'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  {
    name: 'courier-disk',
    says: ['Courier: disk or rights'],
    groups: ['append', 'copy', 'make'],
    means: { kind: 'quota', advice: 'full mailbox' },
  },
  { name: 'kopano-unreadable', says: ['Kopano: folder unreadable'], means: { kind: 'corruption', advice: 'corrupt' } },
  {
    name: 'kopano-not-saved',
    says: ['Kopano: not saved'],
    groups: ['append'],
    means: { kind: 'quota', advice: 'full mailbox' },
  },
  { name: 'qq-login', says: ['QQ: login refused'], means: { kind: 'auth', advice: 'imap off' } },
  { name: 'netease-id', says: ['NetEase: ID wanted'], means: { kind: 'auth', advice: 'method' } },
  { name: 'domino-not-enabled', says: ['Domino: not enabled'], means: { kind: 'auth', advice: 'imap off' } },
  {
    name: 'uw-client-bug',
    says: ['UW-IMAP: client bug'],
    means: { kind: 'client-bug', advice: 'our bug', next: 'note' },
  },
];
