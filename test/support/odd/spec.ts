import type { TlsOptions } from 'node:tls';
import type { OddContext } from './context.js';
import type { OddFolders } from './mail.js';

/** Closes the line at once. */
export const DROP = Symbol('drop');
/** Says nothing more on this line, and keeps it open. */
export const HALF = Symbol('half');

/**
 * One thing that a server says: a line of text (CRLF is added, `%T` is the tag), bytes as they are, the end of the
 * line, or a pause of so many milliseconds.
 */
export type Item = string | Buffer | typeof DROP | typeof HALF | { readonly wait: number };

/** The answer to a command; undefined: what an ordinary server would say. */
export type Reply = (context: OddContext) => readonly Item[] | undefined;

export interface OddConnection {
  /** Counted from 1. */
  readonly number: number;
  user: string | null;
  loggedIn: boolean;
  /** The client has sent ID on this connection. */
  introduced: boolean;
  secured: boolean;
  /** Name of the folder that is open. */
  open: string | null;
}

interface LoginAttempt {
  readonly connection: OddConnection;
  readonly user: string;
  readonly password: string;
  /** The credentials of AUTHENTICATE, decoded; empty for LOGIN. */
  readonly sasl: Buffer;
}

/** How a server is odd. All that is not said is ordinary. */
export interface OddSpec {
  /** Further capabilities, separated by blanks. */
  readonly caps?: string;
  /** How logins are offered; `AUTH=PLAIN` unless said. */
  readonly authCaps?: string;
  /** The whole untagged line instead, e.g. `* CAPABILITY IMAP4rev1`. */
  readonly capability?: string;
  readonly folders?: OddFolders;
  /** Each user has folders of their own. */
  readonly foldersFor?: (user: string) => OddFolders;
  /** By command, e.g. `UID FETCH`, in capitals. */
  readonly on?: Readonly<Record<string, Reply>>;
  /** Instead of a greeting, e.g. `[DROP]`; undefined: the usual one. */
  readonly greeting?: (connection: OddConnection) => readonly Item[] | undefined;
  /** Undefined to let them in. */
  readonly onAuth?: (attempt: LoginAttempt) => readonly Item[] | undefined;
  /** Null: NIL. */
  readonly delimiter?: string | null;
  readonly permanentFlags?: string;
  /** The continuation after a literal was announced; `+ go on` unless said. */
  readonly plus?: string;
  readonly plusAuth?: string;
  /** A name as the client gave it -> as it is kept. */
  readonly nameIn?: (name: string) => string;
  /** A name as it is kept -> as LIST shows it. */
  readonly nameOut?: (name: string) => string;
  /** `strict`: backslashes in quoted names are taken out also where that finds no folder. */
  readonly names?: 'lenient' | 'strict';
  /** `two`: INBOX and Inbox are two folders. */
  readonly inboxes?: 'one' | 'two';
  /** `bytewise`: each byte goes out alone; `together`: what is answered at a time goes out in one packet. */
  readonly writes?: 'whole' | 'bytewise' | 'together';
  /**
   * `one a time`: FETCH behind an unanswered SELECT is BAD; `first of packet`: what arrives in one packet with a
   * command, behind it, is lost.
   */
  readonly pipelining?: 'ordinary' | 'one a time' | 'first of packet';
  readonly tls?: Pick<TlsOptions, 'key' | 'cert' | 'minVersion' | 'maxVersion' | 'ciphers'>;
  /** TLS from the first byte. */
  readonly entrance?: 'plain' | 'tls';
  /** The answer to STARTTLS; where its last line is OK, TLS begins. */
  readonly starttls?: readonly Item[];
}
