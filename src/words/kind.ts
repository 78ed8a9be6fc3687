/** The kinds of verdicts about a server's response. */
export const KINDS = [
  'transient',
  'throttled',
  'mailbox-state',
  'server-bug',
  'corruption',
  'auth',
  'quota',
  'message-policy',
  'missing',
  'folder',
  'client-bug',
] as const;
export type Kind = (typeof KINDS)[number];
