/** The keys of advice that needs no more than its name; `advice.ts` has those with fields. */

/** About reaching a server, its certificate and its limits. */
export const ABOUT_CONNECTIONS = [
  'unreachable',
  'no such host',
  'connections per user',
  'connections per server',
  'throttled',
  'server unavailable',
  'certificate',
  'certificate time',
  'wrong protocol',
  'old encryption',
  'no starttls',
  'let in unasked',
  'too much',
] as const;

/** About a login that a server refuses, and about the credential itself. */
export const ABOUT_LOGINS = [
  'password',
  'token',
  'application unknown',
  'mailbox permission',
  'method',
  'web login',
  'imap off',
  'account',
  'admin rights',
  'lockout',
  'address refused',
  'encryption',
  'administrator',
  'another server',
  'credential missing',
  'credential later',
  'shared login',
  'oauth file',
  'token endpoint not trusted',
] as const;

/** About a refusal of a command, whatever it was for. */
export const ABOUT_REFUSALS = [
  'nothing',
  'passing',
  'maintenance',
  'read-only',
  'locked',
  'server fault',
  'server setup',
  'unknown outcome',
  'no mailbox',
  'corrupt',
  'full mailbox',
  'quota warning',
  'message size',
  'message refused',
  'flags',
  'part refused',
  'gone',
  'folder missing',
  'folder to create',
  'special use',
  'folder name',
  'folder rights',
  'command off',
  'folder unusable',
  'our bug',
] as const;

/** About messages: found by the engine itself. */
export const ABOUT_MESSAGES = [
  'damaged at the source',
  'whole in web mail',
  'source index damaged',
  'sizes estimated',
  'listed another',
  'changed',
  'not compared',
  'rewritten',
  'deleted mark left out',
  'cut short',
  'not stored',
  'dropped',
  'dropped again',
  'another stored',
  'damaged there',
  'not seen later',
  'keeps newest',
  'filed elsewhere',
  'may be hidden',
  'kept as one',
  'expunged as deleted',
  'repaired',
  'line too long',
  'flags left out',
  'flags not kept',
  'flags not set',
  'flags not told',
  'keyword not kept',
  'keywords left out',
  'date not kept',
  'dates shifted',
  'dated on arrival',
  'dated by header',
  'dated by header on order',
  'undated',
  'dates bunched',
] as const;

/** About folders and their lists: found by the engine itself. */
export const ABOUT_FOLDERS = [
  'no uids kept',
  'unaccounted',
  'folder unaccounted',
  'not all named',
  'some not stored',
  'stands twice',
  'uids not used',
  'uids untrue',
  'cannot be read back',
  'row unreadable',
  'namespace unreadable',
  'other folders unknown',
  'folder not given',
  'too many names',
] as const;

/** About a batch, and about its files. */
export const ABOUT_THE_BATCH = ['another batch', 'mend and start', 'mailbox document', 'report', 'cause lost'] as const;

export const PLAIN_ADVICE = [
  ...ABOUT_CONNECTIONS,
  ...ABOUT_LOGINS,
  ...ABOUT_REFUSALS,
  ...ABOUT_MESSAGES,
  ...ABOUT_FOLDERS,
  ...ABOUT_THE_BATCH,
] as const;
export type PlainAdvice = (typeof PLAIN_ADVICE)[number];
