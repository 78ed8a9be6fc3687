import type { Side } from '../../words/side.js';
import type { Credential } from '../credentials.js';

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
    /** What was shown to the server. */
    readonly shown: Credential['kind'] = 'password',
    /** `connect`: it ended before the server had greeted, and concerns whoever comes. */
    readonly during: 'connect' | 'login' = 'login',
  ) {
    super(message);
  }

  /** Reads what imapflow threw, and the `error` event that holds the cause where it threw only NoConnection. */
  static from(
    side: Side,
    thrown: unknown,
    event: Error | null,
    lastLine: string | null,
    shown: Credential['kind'],
    during: 'connect' | 'login',
    /** Takes our secret out of a text. */
    hushed: (text: string) => string,
  ): LoginFailed {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const told: Told = error;
    const response = typeof told.response === 'string' ? told.response : null;
    const refused = told.authenticationFailed === true || told.responseStatus === 'NO' || told.responseStatus === 'BAD';
    const bye = lastLine && /^\* BYE/i.test(lastLine) ? lastLine : null;
    const cause = told.code === 'NoConnection' && event ? event : error;
    const line = refused ? (response ?? lastLine) : bye;
    const message = hushed(cause.message);
    const answer = line === null ? null : hushed(withoutTag(line));
    return new LoginFailed(
      side,
      answer,
      refused,
      message,
      message === cause.message ? cause : new Error(message),
      shown,
      during,
    );
  }
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
}
