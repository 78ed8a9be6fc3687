import type { Side } from '../../../words/side.js';
import type { Credential } from '../../login/credentials.js';

const BYE = /^\* BYE/i;

/** A connection could not be made, or the login was refused. */
export class LoginFailed extends Error {
  override readonly name = 'LoginFailed';
  constructor(
    readonly side: Side,
    /** The server's line (a refusal, a BYE), or null where it said nothing. */
    readonly line: string | null,
    /** The server refused who we said we are. */
    readonly refused: boolean,
    message: string,
    override readonly cause: Error | null = null,
    /** The kind of credential that was sent. */
    readonly credentialKind: Credential['kind'] = 'password',
    /** `connect`: it ended before the server had greeted, and concerns whoever comes. */
    readonly during: 'connect' | 'login' = 'login',
    /** The reason that a server gave for refusing a token, in words (RFC 7628 section 3.2.2); null where it gave none. */
    readonly reason: string | null = null,
  ) {
    super(message);
  }

  /** Reads what imapflow threw, and the `error` event that holds the cause where it threw only NoConnection. */
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
    // An answer behind the farewell says more than the farewell.
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

  /** The server greeted with PREAUTH: it lets us in without asking who we are, and nobody wants that. */
  static notAsked(side: Side): LoginFailed {
    const message =
      'the server lets whoever connects into an account without a login (PREAUTH); nothing was sent to it';
    return new LoginFailed(side, null, false, message, Object.assign(new Error(message), { code: 'PREAUTH_UNASKED' }));
  }

  /** The line in which the server said what it offers is kept whole: it is the reason. */
  private static unasked(
    side: Side,
    lines: readonly string[],
    credentialKind: Credential['kind'],
    redact: (text: string) => string,
  ): LoginFailed {
    const offer = redact(lines.findLast((line) => /\bCAPABILITY\b/i.test(line)) ?? lines.at(-1) ?? '');
    const code =
      /\bSTARTTLS\b/i.test(offer) && /\bLOGINDISABLED\b/i.test(offer) ? 'LOGIN_WANTS_TLS' : 'NO_LOGIN_METHOD';
    const message = `the server offers no login by ${credentialKind} on this line: ${offer}`;
    return new LoginFailed(side, null, false, message, Object.assign(new Error(message), { code }), credentialKind);
  }
}

/**
 * imapflow asked nobody: the server offers no way to log in that fits what we have, or says LOGINDISABLED
 * (RFC 3501 section 6.2.3), and no password was sent.
 */
function isUnasked(told: Told, response: string | null, lastLine: string | null): boolean {
  if (response !== null || told.responseStatus !== undefined) return false;
  if (told.message === 'Unsupported authentication mechanism') return true;
  return told.authenticationFailed === true && !/^\S+ (?:NO|BAD|BYE)\b/i.test(lastLine ?? '');
}

/** Fields are shown as they came, and no more of them than a server has a use for. */
const MOST_FIELDS = 8;
const LONGEST_FIELD = 200;

/** `status 401, schemes bearer`; null where there is nothing to show. */
function tokenReason(json: unknown, redact: (text: string) => string): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const fields = Object.entries(json)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => `${name} ${value}`.slice(0, LONGEST_FIELD));
  return fields.length === 0 ? null : redact(fields.join(', '));
}

/** The tag is ours and another each time; the ledger holds what the server said. */
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
