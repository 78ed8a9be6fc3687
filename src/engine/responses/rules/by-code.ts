import type { Outcome, Rule } from '../rule.js';
import { LOGIN_REASONS } from './login.js';
import { TOO_MANY_FAILED_LOGINS, TOO_MANY_MISTAKES, TOO_MUCH_AT_ONCE } from './pressure.js';

const ignore: Outcome = { kind: 'transient', advice: 'nothing', next: 'ignore' };
const passing: Outcome = { kind: 'transient', advice: 'passing' };
const gone: Outcome = { kind: 'missing', advice: 'gone' };
const refused: Outcome = { kind: 'message-policy', advice: 'message refused' };
const ourBug: Outcome = { kind: 'client-bug', advice: 'our bug' };

const always = (name: string, means: Outcome): readonly Rule[] => [{ name, means }];
const IN_STATE: readonly Rule[] = [
  {
    name: 'code-server-maintenance',
    groups: ['connect', 'login', 'other'],
    says: ['maintenance'],
    unless: ['mailbox itself'],
    means: { kind: 'mailbox-state', advice: 'maintenance', scope: 'endpoint' },
  },
  {
    name: 'code-maintenance',
    says: ['maintenance', 'permanent failure'],
    means: { kind: 'mailbox-state', advice: 'maintenance' },
  },
];
const PASSING: Rule = { name: 'code-passing', says: ['passing'], means: passing };
const DAMAGED: Rule = {
  name: 'code-corrupt',
  groups: ['open', 'look', 'fetch', 'other'],
  says: ['corruption'],
  means: { kind: 'corruption', advice: 'corrupt' },
};
const FULL: Rule = {
  name: 'code-over-quota',
  groups: ['append', 'copy', 'make'],
  says: ['over quota'],
  unless: ['passing'],
  means: { kind: 'quota', advice: 'full mailbox' },
};

/** An allowance of the day is used up, by the name of the rule that says so. */
export const OVER_QUOTA_READING = 'over-quota-reading';
export const OVER_QUOTA_SOURCE = 'over-quota-source';

/**
 * Rules by response code (RFC 5530 for most). Command, side and text decide where the code alone does not. Where a code
 * has no entry, or none of its rules holds, the words decide.
 */
export const BY_CODE: Readonly<Record<string, readonly Rule[]>> = {
  UNAVAILABLE: [TOO_MANY_FAILED_LOGINS, ...TOO_MUCH_AT_ONCE, FULL, ...IN_STATE, ...always('unavailable', passing)],
  TEMPFAIL: [...TOO_MUCH_AT_ONCE, ...IN_STATE, ...always('tempfail', passing)],
  'SYS/TEMP': always('sys-temp', passing),
  AUTHENTICATIONFAILED: [
    TOO_MANY_FAILED_LOGINS,
    ...TOO_MUCH_AT_ONCE,
    ...LOGIN_REASONS,
    { name: 'authentication-passing', says: ['passing'], unless: ['wrong password'], means: passing },
    ...always('authentication-failed', { kind: 'auth', advice: 'password' }),
  ],
  AUTH: always('pop-auth', { kind: 'auth', advice: 'password' }),
  AUTHORIZATIONFAILED: [
    TOO_MANY_FAILED_LOGINS,
    ...TOO_MUCH_AT_ONCE,
    { name: 'authorization-admin', says: ['admin rights'], means: { kind: 'auth', advice: 'admin rights' } },
    ...LOGIN_REASONS,
    ...always('authorization-failed', { kind: 'auth', advice: 'admin rights' }),
  ],
  EXPIRED: [
    {
      name: 'expired-token',
      says: ['token expired', 'other login method'],
      means: { kind: 'auth', advice: 'token', next: 'renew-token' },
    },
    ...always('expired', { kind: 'auth', advice: 'account' }),
  ],
  PRIVACYREQUIRED: always('privacy-required', { kind: 'auth', advice: 'encryption', scope: 'endpoint' }),
  CONTACTADMIN: [
    ...IN_STATE,
    ...LOGIN_REASONS,
    PASSING,
    { name: 'contact-admin-fault', says: ['internal error'], means: { kind: 'server-bug', advice: 'administrator' } },
    ...always('contact-admin', { kind: 'auth', advice: 'administrator' }),
  ],
  WEBALERT: always('web-alert', { kind: 'auth', advice: 'web login' }),
  REFERRAL: always('referral', { kind: 'auth', advice: 'another server' }),
  NOPERM: [
    { name: 'no-permission-login', groups: ['login'], means: { kind: 'auth', advice: 'admin rights' } },
    ...always('no-permission', { kind: 'folder', advice: 'folder rights' }),
  ],
  INUSE: [...TOO_MUCH_AT_ONCE, ...IN_STATE, ...always('in-use', { kind: 'transient', advice: 'locked' })],
  'IN-USE': always('pop-in-use', { kind: 'transient', advice: 'locked' }),
  'LOGIN-DELAY': always('login-delay', { kind: 'throttled', advice: 'throttled' }),
  EXPUNGEISSUED: always('expunge-issued', gone),
  CORRUPTION: always('corruption', { kind: 'corruption', advice: 'corrupt' }),
  SERVERBUG: [
    ...TOO_MUCH_AT_ONCE,
    ...IN_STATE,
    PASSING,
    DAMAGED,
    ...always('server-bug', { kind: 'server-bug', advice: 'server fault' }),
  ],
  'SYS/PERM': always('sys-perm', { kind: 'server-bug', advice: 'administrator' }),
  CLIENTBUG: [
    TOO_MANY_MISTAKES,
    ...TOO_MUCH_AT_ONCE,
    // Yahoo and others: the message is at fault, or our sequence set is stale.
    { name: 'client-bug-append', groups: ['append'], means: refused },
    {
      name: 'client-bug-gone',
      groups: ['fetch', 'store', 'copy'],
      says: ['message gone'],
      unless: ['wrong state'],
      means: gone,
    },
    ...always('client-bug', ourBug),
  ],
  CANNOT: [
    {
      name: 'cannot-over-quota',
      groups: ['append', 'copy', 'make'],
      says: ['over quota'],
      means: { kind: 'quota', advice: 'full mailbox' },
    },
    {
      name: 'cannot-read-only',
      groups: ['append', 'copy', 'store', 'make'],
      says: ['read-only'],
      means: { kind: 'mailbox-state', advice: 'read-only' },
    },
    DAMAGED,
    {
      name: 'cannot-flag',
      groups: ['append', 'copy', 'store', 'other'],
      says: ['flag refused'],
      means: { kind: 'message-policy', advice: 'flags' },
    },
    {
      name: 'cannot-message',
      groups: ['append', 'store', 'fetch'],
      unless: ['folder name refused', 'folder missing', 'folder not selectable'],
      means: refused,
    },
    { name: 'cannot-login', groups: ['connect', 'login'], means: { kind: 'auth', advice: 'method' } },
    ...always('cannot', { kind: 'folder', advice: 'folder unusable' }),
  ],
  LIMIT: [
    {
      name: 'limit-size',
      groups: ['append', 'copy'],
      says: ['message too big'],
      unless: ['too many connections'],
      means: { kind: 'message-policy', advice: 'message size' },
    },
    {
      name: 'limit-flags',
      groups: ['append', 'copy', 'store'],
      says: ['flag refused'],
      means: { kind: 'message-policy', advice: 'flags' },
    },
    ...TOO_MUCH_AT_ONCE,
    {
      name: 'limit-over-quota',
      groups: ['append', 'copy', 'make'],
      says: ['over quota'],
      means: { kind: 'quota', advice: 'full mailbox' },
    },
    {
      name: 'limit-message',
      groups: ['append', 'copy', 'store'],
      means: { kind: 'message-policy', advice: 'message size' },
    },
    { name: 'limit-folder', groups: ['make'], means: { kind: 'folder', advice: 'folder name' } },
    ...always('limit', { kind: 'throttled', advice: 'throttled' }),
  ],
  TOOBIG: always('too-big', { kind: 'message-policy', advice: 'message size' }),
  OVERQUOTA: [
    ...TOO_MUCH_AT_ONCE,
    // Reading stores nothing, so this quota is one of traffic (Gmail's daily bandwidth).
    { name: OVER_QUOTA_READING, groups: ['fetch'], means: { kind: 'throttled', advice: 'throttled' } },
    {
      name: OVER_QUOTA_SOURCE,
      groups: ['open', 'look', 'login'],
      side: 'source',
      status: ['NO', 'BAD', 'BYE', null],
      means: { kind: 'throttled', advice: 'throttled' },
    },
    { name: 'over-quota-warning', status: ['OK'], means: { kind: 'quota', advice: 'quota warning', next: 'note' } },
    ...always('over-quota', { kind: 'quota', advice: 'full mailbox' }),
  ],
  THROTTLED: always('gmail-throttled', { kind: 'throttled', advice: 'throttled' }),
  ALREADYEXISTS: always('already-exists', { kind: 'folder', advice: 'nothing', next: 'ignore' }),
  NONEXISTENT: [
    { name: 'nonexistent-message', groups: ['fetch', 'store'], means: gone },
    {
      name: 'nonexistent-message-copy',
      groups: ['copy'],
      says: ['message gone'],
      unless: ['folder missing'],
      means: gone,
    },
    {
      name: 'nonexistent-target',
      groups: ['append', 'copy'],
      means: { kind: 'folder', advice: 'folder to create', next: 'create-folder' },
    },
    { name: 'nonexistent-login', groups: ['login'], means: { kind: 'auth', advice: 'password' } },
    ...always('nonexistent', { kind: 'folder', advice: 'folder missing' }),
  ],
  TRYCREATE: always('try-create', { kind: 'folder', advice: 'folder to create', next: 'create-folder' }),
  USEATTR: always('special-use', { kind: 'folder', advice: 'special use', next: 'create-folder' }),
  NEWNAME: always('renamed', { kind: 'folder', advice: 'folder missing' }),
  HASCHILDREN: always('has-children', { kind: 'folder', advice: 'folder unusable' }),
  'READ-ONLY': [
    {
      name: 'read-only-destination',
      side: 'destination',
      groups: ['open', 'append', 'copy', 'store', 'make', 'other'],
      means: { kind: 'mailbox-state', advice: 'read-only', next: 'wait' },
    },
    ...always('read-only-source', ignore),
  ],
  UIDNOTSTICKY: always('uids-do-not-persist', { kind: 'folder', advice: 'nothing', next: 'note' }),
  PARSE: [
    { name: 'parse-warning', status: ['OK'], means: { ...refused, next: 'note' } },
    ...always('parse', { kind: 'message-policy', advice: 'part refused' }),
  ],
  'UNKNOWN-CTE': always('unknown-encoding', { kind: 'message-policy', advice: 'part refused' }),
  DOWNGRADED: always('downgraded', { kind: 'message-policy', advice: 'part refused', next: 'note' }),
  METADATA: always('metadata', { kind: 'message-policy', advice: 'command off', next: 'note' }),
  ANNOTATE: always('annotation', { kind: 'message-policy', advice: 'command off', next: 'note' }),
  BADCHARSET: always('charset', { ...ourBug, next: 'retry' }),
  NOTSAVED: always('not-saved', { kind: 'client-bug', advice: 'our bug', next: 'retry' }),
  UIDREQUIRED: always('uid-required', ourBug),
  BADURL: always('bad-url', ourBug),
  URLMECH: always('url-mechanism', ourBug),
  BADCOMPARATOR: always('comparator', ourBug),
  BADEVENT: always('bad-event', { ...ourBug, next: 'note' }),
  'UNDEFINED-FILTER': always('undefined-filter', { ...ourBug, next: 'note' }),
  MAXCONVERTMESSAGES: always('convert-limit', { ...passing, scope: 'message' }),
  MAXCONVERTPARTS: always('convert-limit', { ...passing, scope: 'message' }),
  // The command asked for too many messages at once (RFC 9738). With fewer it may succeed.
  MESSAGELIMIT: always('message-limit', { kind: 'throttled', advice: 'throttled', scope: 'message', next: 'retry' }),
  MODIFIED: always('modified', { kind: 'transient', advice: 'nothing', scope: 'message', next: 'note' }),
  NOUPDATE: always('no-update', ignore),
  NOTIFICATIONOVERFLOW: always('notification-overflow', { ...ignore, next: 'note' }),
  COMPRESSIONACTIVE: always('compression-active', ignore),
  CLOSED: always('closed', ignore),
  INPROGRESS: always('in-progress', ignore),
};
