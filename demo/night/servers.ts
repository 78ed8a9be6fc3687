import { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../src/words/clock.js';
import { DEMO_CERTIFICATE, type ImapServer, script, startImapServer } from '../server/index.js';
import type { Beat, Trouble } from './beat.js';
import { fillAccount } from './mail.js';
import { messagesOf, type NightMailbox } from './mailboxes.js';
import { filterSays, LIMIT, type Odd } from './odd-messages.js';
import { pacing, rulesOf } from './rules.js';

/** Names that nobody has: the lines to these hosts stay in this process. */
export const HOSTS = { source: 'mail.old.example', destination: 'mail.new.example' } as const;

/** SHA-256 of the certificate that both show. */
export const FINGERPRINT = new X509Certificate(DEMO_CERTIFICATE.cert).fingerprint256;

const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'];

/** The two servers of the night. */
export interface NightServers {
  readonly source: ImapServer;
  readonly destination: ImapServer;
  /** A line to one of them, with TLS from the first byte. */
  connect(host: string): Duplex;
  /** Actions of the administrator of the destination. */
  raiseQuota(email: string): void;
  stop(): Promise<void>;
}

/**
 * Starts both, each a round trip of 80 ms away. Dots and slashes part their folder names, each has its own words
 * for sent mail, and the destination takes one message a command, as most do.
 */
export async function startNightServers(
  mailboxes: readonly NightMailbox[],
  story: readonly Beat[],
  clock: Clock,
): Promise<NightServers> {
  const common = { clock, listen: 'memory', latencyMs: 40 } as const;
  const rules = (side: 'source' | 'destination') =>
    mailboxes.flatMap((mailbox) => troubleOf(story, mailbox).flatMap((one) => rulesOf(one, side, mailbox, clock)));
  const [source, destination] = await Promise.all([
    startImapServer({ ...common, fault: script(...rules('source')) }),
    startImapServer({
      ...common,
      delimiter: '.',
      specialFolders: { Entwürfe: '\\Drafts', Gesendet: '\\Sent', Papierkorb: '\\Trash' },
      without: ['MULTIAPPEND'],
      maxMessageBytes: LIMIT,
      habits: { refuseMessage: filterSays },
      fault: script(...rules('destination'), ...mailboxes.map(pacing)),
    }),
  ]);
  for (const mailbox of mailboxes) addAccounts({ source, destination }, mailbox, troubleOf(story, mailbox));
  return {
    source,
    destination,
    connect: (host) => (host === HOSTS.source ? source : destination).connect('tls'),
    raiseQuota: (email) => {
      destination.accounts.get(email).quota = {};
    },
    stop: async () => {
      await Promise.all([source.stop(), destination.stop()]);
    },
  };
}

function troubleOf(story: readonly Beat[], { email }: NightMailbox): readonly Trouble[] {
  return story.filter(({ who }) => email.startsWith(`${who}@`)).flatMap(({ trouble }) => trouble);
}

function addAccounts(
  { source, destination }: Pick<NightServers, 'source' | 'destination'>,
  mailbox: NightMailbox,
  trouble: readonly Trouble[],
): void {
  const { email, password } = mailbox;
  const changed = trouble.some(({ is }) => is === 'other password');
  const odd = new Map<number, Odd>(
    trouble.flatMap((one) => (one.is === 'odd messages' ? one.uids.map((uid) => [uid, one.odd] as const) : [])),
  );
  const account = source.accounts.add(email, { password: changed ? `${password}-since-june` : password });
  fillAccount(account, mailbox, odd);
  const quota = trouble.find((one) => one.is === 'quota');
  const there = destination.accounts.add(email, {
    password,
    ...(quota ? { quota: { messages: Math.floor(messagesOf(mailbox) * quota.at) } } : {}),
  });
  if (trouble.some(({ is }) => is === 'no keywords')) there.addFolder('INBOX', { permanentFlags: SYSTEM_FLAGS });
}
