import { type Clock, systemClock } from '../../src/words/clock.js';
import { type Capability, capabilitiesOf } from './capabilities.js';
import { type Certificate, DEMO_CERTIFICATE } from './certificate.js';
import type { FaultHook } from './faults.js';
import { ANY_KEYWORD, SYSTEM_FLAGS } from './grammar/flags.js';
import { type Habits, PLAIN_HABITS } from './habits.js';
import type { AccountOptions } from './store/account.js';

/** A token check: its input and its verdict. */
export interface TokenLogin {
  readonly user: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
export type TokenVerdict = 'good' | 'expired' | 'unknown';

export interface ServerOptions {
  /** The system's unless given. Delays, latency, late commits and "now" run on it. */
  readonly clock?: Clock;
  /** Ports to open on 127.0.0.1: both unless said; `memory` opens none, and `connect()` is the only way in. */
  readonly listen?: 'both' | 'plain' | 'tls' | 'memory';
  readonly certificate?: Certificate;
  /** Users and what is special about them. */
  readonly accounts?: Readonly<Record<string, AccountOptions>>;
  /** Password with which any user springs into being at the first login. */
  readonly anyUser?: string;
  /** Settings of all accounts, unless an account's own say otherwise. */
  readonly everyAccount?: AccountOptions;
  /** Users who may act as others: by SASL authzid, and by logging in as `mailbox*admin`. */
  readonly admins?: readonly string[];
  readonly checkToken?: (login: TokenLogin) => TokenVerdict;
  readonly loginNeedsTls?: 'yes' | 'no';
  readonly connectionsPerUser?: number;
  readonly delimiter?: '/' | '.';
  readonly prefix?: '' | 'INBOX.' | 'INBOX/';
  /** Prefixes of other users' and of shared folders, as in `user/` and `Public/`. */
  readonly otherUsers?: readonly string[];
  readonly shared?: readonly string[];
  /** Folders that each account has: name without prefix -> attribute. Dovecot's usual four unless given. */
  readonly specialFolders?: Readonly<Record<string, string>>;
  readonly permanentFlags?: readonly string[];
  readonly without?: readonly Capability[];
  readonly with?: readonly Capability[];
  readonly habits?: Partial<Habits>;
  /** Bytes of the largest message taken; said to clients only as `appendLimit`. */
  readonly maxMessageBytes?: number;
  /** Bytes, advertised (RFC 7889) and kept to. */
  readonly appendLimit?: number;
  /** The text of a NO for CREATE or RENAME to this path, or null. */
  readonly refuseName?: (path: string) => string | null;
  /** Commands that were received before a connection broke are carried out so many milliseconds later. */
  readonly lateMs?: number;
  /** Milliseconds each way, on every connection, under what IMAP says: a TLS handshake does not feel it. */
  readonly latencyMs?: number;
  readonly fault?: FaultHook;
  /** The text of its greeting, and the name that it gives itself. */
  readonly greeting?: string;
  readonly software?: string;
  /** It ends a connection after so many refused commands. */
  readonly mostRefusals?: number;
}

/** The options with nothing left open. */
export interface Settings
  extends Required<Omit<ServerOptions, keyof Resolved | 'accounts' | 'anyUser' | 'everyAccount' | 'with' | 'without'>>,
    Resolved {}

interface Resolved {
  readonly capabilities: ReadonlySet<Capability>;
  readonly habits: Habits;
  /** null: what was received is carried out when its turn comes, and lost when the server itself drops the line. */
  readonly lateMs: number | null;
  /** null: none is told. */
  readonly appendLimit: number | null;
}

const UNLIMITED = Number.POSITIVE_INFINITY;

export function settingsOf(options: ServerOptions): Settings {
  return {
    clock: options.clock ?? systemClock,
    listen: options.listen ?? 'both',
    certificate: options.certificate ?? DEMO_CERTIFICATE,
    admins: options.admins ?? [],
    checkToken: options.checkToken ?? (() => 'unknown'),
    loginNeedsTls: options.loginNeedsTls ?? 'no',
    connectionsPerUser: options.connectionsPerUser ?? UNLIMITED,
    delimiter: options.delimiter ?? '/',
    prefix: options.prefix ?? '',
    otherUsers: options.otherUsers ?? [],
    shared: options.shared ?? [],
    specialFolders: options.specialFolders ?? { Drafts: '\\Drafts', Sent: '\\Sent', Trash: '\\Trash', Junk: '\\Junk' },
    permanentFlags: options.permanentFlags ?? [...SYSTEM_FLAGS, ANY_KEYWORD],
    habits: { ...PLAIN_HABITS, ...options.habits },
    maxMessageBytes: Math.min(options.maxMessageBytes ?? UNLIMITED, options.appendLimit ?? UNLIMITED),
    appendLimit: options.appendLimit ?? null,
    refuseName: options.refuseName ?? (() => null),
    lateMs: options.lateMs ?? null,
    latencyMs: options.latencyMs ?? 0,
    fault: options.fault ?? (() => undefined),
    greeting: options.greeting ?? 'Nightferry demo server ready.',
    software: options.software ?? 'Nightferry demo',
    mostRefusals: options.mostRefusals ?? UNLIMITED,
    capabilities: capabilitiesOf({
      without: options.without ?? [],
      with: options.with ?? [],
      tokens: options.checkToken !== undefined,
      appendLimit: options.appendLimit !== undefined,
    }),
  };
}
