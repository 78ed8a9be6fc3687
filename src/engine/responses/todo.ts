import type { Kind, Verdict } from '../../words/verdict.js';
import { ADVICE, type Advice } from './advice.js';

/** The advice in as few words as a column of a table holds. */
const TODO: Readonly<Record<Advice, string>> = {
  nothing: 'nothing to do',
  passing: 'waits by itself',
  unreachable: 'check host, port and firewall',
  'no such host': 'check the host name and DNS',
  'connections per user': 'sign out other devices',
  'connections per server': 'ask for higher limits per address',
  throttled: 'waits; ask to lift the limits',
  'server unavailable': 'look at the quota meter',
  maintenance: 'waits; ask when it ends',
  'read-only': 'give write access',
  locked: 'close other sessions',
  'server fault': 'give the provider time and text',
  'unknown outcome': 'is read back, then tried again',
  'no mailbox': 'leave it out with --exclude',
  corrupt: 'have the folder repaired',
  password: 'give the password again',
  token: 'check the token command',
  method: 'use OAuth2 or an app password',
  'web login': 'confirm the notice on the web',
  'imap off': 'switch IMAP on, then release',
  account: 'unlock the account, then release',
  'admin rights': 'give the admin rights on it',
  lockout: 'correct the password, wait it out',
  'address refused': 'ask to let our address in',
  encryption: 'use TLS: port 993 or STARTTLS',
  administrator: 'call its administrator',
  certificate: 'check the name or the fingerprint',
  'certificate time': 'check the clock, then renew it',
  'wrong protocol': 'check port and proxy',
  'old encryption': 'update its TLS, or use a tunnel',
  'no starttls': 'use port 993',
  'another server': 'correct the host',
  'full mailbox': 'raise quota, then retry',
  'quota warning': 'raise quota soon',
  'message size': 'skip, or raise the limit',
  'message refused': 'skip, or retry with repairs',
  'let in unasked': 'use a port that asks for a login',
  flags: 'retry without flags',
  'part refused': 'look at it on the web, or skip',
  gone: 'nothing, it is gone',
  'folder missing': 'look at the folder map',
  'folder to create': 'is created by itself',
  'special use': 'is created without it',
  'folder name': 'map it to another name',
  'folder rights': 'give rights, or leave it out',
  'command off': 'nothing, it is left out',
  'folder unusable': 'try it on the web, then retry',
  'too much': 'report to the provider',
  'our bug': 'report it to us',
};

/** For what the engine found out itself, and for verdicts that an older version wrote. */
const BY_KIND: Readonly<Record<Kind, Advice>> = {
  transient: 'passing',
  throttled: 'throttled',
  'mailbox-state': 'maintenance',
  'server-bug': 'server fault',
  corruption: 'corrupt',
  auth: 'password',
  quota: 'full mailbox',
  'message-policy': 'message refused',
  missing: 'gone',
  folder: 'folder unusable',
  'client-bug': 'our bug',
};

const BY_TEXT: ReadonlyMap<string, Advice> = new Map(
  (Object.keys(ADVICE) as Advice[]).map((advice) => [ADVICE[advice], advice]),
);

/** What an operator does about a failure, in at most 34 characters: `raise quota, then retry`. */
export function todoOf({ advice, kind }: Pick<Verdict, 'advice' | 'kind'>): string {
  return TODO[BY_TEXT.get(advice) ?? BY_KIND[kind]];
}

/** What is advised where no more is known than the kind. */
export function adviceFor(kind: Kind): string {
  return ADVICE[BY_KIND[kind]];
}
