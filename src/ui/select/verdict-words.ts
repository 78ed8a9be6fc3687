import type { Kind, Next, Scope } from '../../words/verdict.js';

/** The meaning of a kind of failure, for the operator who chooses one. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  transient: 'passing: tried again by itself, soon',
  throttled: 'asked to be slower: rests and fewer connections',
  'mailbox-state': 'repair, move, read-only: tried every few minutes',
  'server-bug': 'failed inside: two or three tries, then rarely',
  corruption: 'damaged data: two or three tries, then rarely',
  auth: 'login refused: held until you act',
  quota: 'full: held after a few refusals in a row',
  'message-policy': 'this message is refused: listed, the next one goes on',
  missing: 'it is not there any more: nothing to do',
  folder: 'the folder is refused: listed, the others go on',
  'client-bug': 'we were not understood: listed, to be reported',
};

/** How far a failure reaches. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  message: 'this message alone; its mailbox goes on',
  folder: 'this folder alone; the others of the mailbox go on',
  mailbox: 'the whole mailbox; the other mailboxes go on',
  endpoint: 'the server: all mailboxes of it',
};

/** The engine's next step, in words. */
export const NEXT_WORDS: Readonly<Record<Next, string>> = {
  ignore: 'nothing: it is no failure',
  retry: 'tried again by itself, with growing rests',
  wait: 'the mailbox rests, then goes on by itself',
  hold: 'the mailbox is held until you act',
  'skip-message': 'the message is listed, the next one is tried; after many in a row the mailbox is held',
  'skip-folder': 'the folder is listed, the others go on',
  note: 'noted; nothing stops',
  'create-folder': 'the folder is made once, then it is tried again',
  'renew-token': 'the access token is renewed once, then the mailbox is held',
};
