import type { Side } from '../../../words/side.js';
import type { Credential } from './credentials.js';

const BYE = /^\* BYE/i;

/** A connection could not be made, or the login was refused. */
export class LoginFailed extends Error {
  override readonly name = 'LoginFailed';
  constructor(
    readonly side: Side,
    /** The server's line (a refusal, a BYE); null: it said nothing. */
    readonly line: string | null,
    /** Whether the server refused the user. */
    readonly refused: boolean,
    message: string,
    override readonly cause: Error | null = null,
    /** The kind of credential that was sent. */
    readonly credentialKind: Credential['kind'] = 'password',
    /** `connect`: the connection ended before the server had greeted, which concerns every mailbox. */
    readonly during: 'connect' | 'login' = 'login',
    /** The reason that a server gave for refusing a token, in words (RFC 7628 section 3.2.2); null: it gave none. */
    readonly reason: string | null = null,
  ) {
    super(message);
  }

  /** Reads the error that imapflow threw. Where it is only NoConnection, its `error` event holds the cause. */
  static from(
    side: Side,
    thrown: unknown,
    event: Error | null,
    /** The last lines of the server, in order. */
    lines: readonly string[],
    credentialKind: Credential['kind'],
    during: 'connect' | 'login',
    /** Takes our secret out of a text. */
    redact: (text: string) => string,
  ): LoginFailed {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const told: Told = error;
    const response = typeof told.response === 'string' ? told.response : null;
    const lastLine = lines.at(-1) ?? null;
    if (isUnasked(told, response, lastLine)) return LoginFailed.unasked(side, lines, credentialKind, redact);
    const refused = told.authenticationFailed === true || told.responseStatus === 'NO' || told.responseStatus === 'BAD';
    // An answer after the farewell says more than the farewell.
    const saysNo = lastLine !== null && /^\S+ (?:NO|BAD)\b/i.test(lastLine) && lines.some((one) => BYE.test(one));
    const bye = saysNo ? lastLine : lastLine && BYE.test(lastLine) ? lastLine : null;
    const cause = told.code === 'NoConnection' && event ? event : error;
    const line = refused ? (response ?? lastLine) : bye;
    const message = redact(cause.message);
    const answer = line === null ? null : redact(withoutTag(line));
    return new LoginFailed(
      side,
      answer,
      refused,
      message,
      message === cause.message ? cause : new Error(message),
      credentialKind,
      during,
      refused ? tokenReason(told.oauthError, redact) : null,
    );
  }

  /** The server greeted with PREAUTH: it lets everybody in without a login, and nobody asked for that. */
  static notAsked(side: Side): LoginFailed {
    const message =
      'the server lets whoever connects into an account without a login (PREAUTH); nothing was sent to it';
    return new LoginFailed(side, null, false, message, Object.assign(new Error(message), { code: 'PREAUTH_UNASKED' }));
  }

  /** Keeps the whole line in which the server said what it offers, because it is the reason. */
  private static unasked(
    side: Side,
    lines: readonly string[],
    credentialKind: Credential['kind'],
    redact: (text: string) => string,
  ): LoginFailed {
    const offer = redact(lines.findLast((line) => /\bCAPABILITY\b/i.test(line)) ?? lines.at(-1) ?? '');
    const code =
      /\bSTARTTLS\b/i.test(offer) && /\bLOGINDISABLED\b/i.test(offer) ? 'LOGIN_WANTS_TLS' : 'NO_LOGIN_METHOD';
    const message = `the server offers no login by ${credentialKind} on this connection: ${offer}`;
    return new LoginFailed(side, null, false, message, Object.assign(new Error(message), { code }), credentialKind);
  }
}

/**
 * Whether imapflow sent no login at all: the server offers no way to log in that fits the credential, or says
 * LOGINDISABLED (RFC 3501 section 6.2.3).
 */
function isUnasked(told: Told, response: string | null, lastLine: string | null): boolean {
  if (response !== null || told.responseStatus !== undefined) return false;
  if (told.message === 'Unsupported authentication mechanism') return true;
  return told.authenticationFailed === true && !/^\S+ (?:NO|BAD|BYE)\b/i.test(lastLine ?? '');
}

/** The most fields that are shown. Servers have no use for more. */
const MOST_FIELDS = 8;
const LONGEST_FIELD = 200;

/** The reason as `status 401, schemes bearer`; null: there is nothing to show. */
function tokenReason(json: unknown, redact: (text: string) => string): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const fields = Object.entries(json)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => `${name} ${value}`.slice(0, LONGEST_FIELD));
  return fields.length === 0 ? null : redact(fields.join(', '));
}

/** A line without its tag, which is ours and another one each time. The ledger holds only what the server said. */
function withoutTag(line: string): string {
  return line.replace(/^[^\s*+]\S* (?=(?:NO|BAD)\b)/i, '');
}

/** The properties that imapflow adds to its errors. */
interface Told extends Error {
  readonly code?: unknown;
  readonly response?: unknown;
  readonly responseStatus?: unknown;
  readonly authenticationFailed?: unknown;
  /** The JSON behind a refused token, decoded. */
  readonly oauthError?: unknown;
}
