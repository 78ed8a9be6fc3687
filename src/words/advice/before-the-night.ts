import type { AdviceKey } from './advice.js';

/** The next step before the night, where a server's refusal says more than that it refuses. */
export const TODO_BY_ADVICE: Readonly<Partial<Record<AdviceKey, string>>> = {
  method:
    'use an app password where two-step login is on, or OAuth (--source-oauth, --destination-oauth) where passwords are off',
  'web login': 'the provider wants a human first: log in to the web interface and confirm its notice',
  'imap off': 'switch IMAP on for the mailbox or its domain',
  account: 'the account is locked, disabled or expired: unlock or renew it',
  'admin rights': 'give the admin the right to act for the mailbox, or use the password of the mailbox',
  'mailbox permission': 'give the login the right to open the mailbox, or correct its address in the plan',
  'application unknown': 'make the application known to the server, and switch IMAP on for the mailbox',
  token: 'the access token has expired: check the OAuth settings, and the consent of the application',
  lockout: 'too many logins failed: wait out the lock, and ask for an exception for the address of this machine',
  'address refused': 'ask for an exception in its firewall for the address of this machine',
  encryption: 'use imaps://, or imap:// with STARTTLS',
  'another server': 'the mailbox lives on another server: put that into the plan; --all has its name',
  'connections per user': 'close other programs that are logged in to the mailbox, or have its limit raised',
  'connections per server': 'have its limit of connections raised, or start fewer mailboxes at once by --concurrency',
  throttled: 'it slows this machine down: check again later, and ask for an exception for the night',
  'server unavailable': 'check again later: in the night it is tried again until it answers',
  maintenance: 'it is under maintenance: check again when that is over',
  corrupt: "have the mailbox repaired by the server's administrator",
  'server fault': "send the server's administrator what it said; --all has it",
};
