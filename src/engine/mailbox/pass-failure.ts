import type { ResponseReason } from '../../words/reason.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { OutOfStep } from '../copy/transfer/append-ends.js';
import { TooManyRefusals } from '../copy/transfer/refusal-streak.js';
import { UidValidityChanged } from '../imap/commands/desk.js';
import { LineLost } from '../imap/connection/line-lost.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import { Refused } from '../imap/session/refused.js';
import { TooManyNames } from '../listing/too-many-names.js';
import { CredentialLater, CredentialMissing } from '../login/credentials.js';
import { DestinationTaken } from '../login/take-destination.js';
import { classify } from '../responses/classify.js';
import { classifyError } from '../responses/classify-error.js';
import type { Corrector } from '../responses/corrections.js';
import { sanitise } from '../responses/sanitise.js';

/** The reason why a pass ended, classified. */
export interface PassFailure {
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  /** The server's response, or the error that ended the connection. */
  readonly response: string;
  readonly verdict: Verdict;
  /** `now`: start again at once, nothing was wrong with the servers. `rest`, `hold`: as the verdict says. */
  readonly goes: 'now' | 'rest' | 'hold';
}

/**
 * Reads the error that ended a pass.
 *
 * @param correct  what operators said of responses like this one
 * @returns undefined for what is no failure of a server or a line: a bug, to be thrown on
 */
export function readFailure(error: unknown, correct: Corrector = (verdict) => verdict): PassFailure | undefined {
  const failure = read(error);
  if (!failure) return undefined;
  const { response: line, command, side } = failure;
  const verdict = correct(failure.verdict, { line, command, side });
  if (verdict === failure.verdict) return failure;
  // After so many refusals in a row the mailbox is held, whatever they were read as.
  const goes = failure.goes === 'now' ? 'now' : goesAs(verdict);
  return { ...failure, verdict, goes: error instanceof TooManyRefusals ? 'hold' : goes };
}

/** The failure as the reason of a rest or a hold. */
export function responseReason({ side, response, verdict: { code } }: PassFailure): ResponseReason {
  return { key: 'response', side, code, response: sanitise(response) };
}

/** An access token that was refused is renewed once: servers seldom say that it has merely expired. */
export function isTokenRefused({ verdict }: PassFailure, error: unknown): boolean {
  if (verdict.next === 'renew-token') return true;
  return error instanceof LoginFailed && error.refused && error.credentialKind === 'token' && verdict.kind === 'auth';
}

function read(error: unknown): PassFailure | undefined {
  if (error instanceof CredentialMissing) {
    return {
      side: error.side,
      command: 'LOGIN',
      folder: null,
      response: error.message,
      verdict: missing(error),
      goes: 'hold',
    };
  }
  if (error instanceof CredentialLater) return about(error.side, 'LOGIN', error.message, later(error));
  if (error instanceof TooManyNames) return about(error.side, 'LIST', error.message, TOO_MANY_NAMES);
  if (error instanceof DestinationTaken) return about('destination', 'lock', error.message, TAKEN);
  if (error instanceof TooManyRefusals)
    return { ...about(error.side, error.command, error.line, error.verdict), goes: 'hold' };
  if (error instanceof OutOfStep) {
    const verdict = classify({ line: error.line, command: 'APPEND', side: 'destination' });
    return { side: 'destination', command: 'APPEND', folder: null, response: error.line, verdict, goes: 'now' };
  }
  if (error instanceof UidValidityChanged) {
    const { side } = error;
    const command = side === 'source' ? 'EXAMINE' : 'SELECT';
    const verdict = classifyError({ error, command, side });
    return {
      side,
      command,
      folder: error.folder,
      response: error.message,
      verdict,
      goes: 'now',
    };
  }
  if (error instanceof Refused) {
    const verdict = classify({ line: error.line, command: error.command, side: error.side });
    return { ...about(error.side, error.command, error.line, verdict), folder: error.folder };
  }
  if (error instanceof LoginFailed) {
    const verdict =
      error.line !== null
        ? classify({ line: error.line, command: answeredBy(error), side: error.side })
        : classifyError({ error: error.cause ?? error, command: 'LOGIN', side: error.side });
    const said = error.line ?? error.message;
    const response = error.reason === null ? said : `${said} (${error.reason})`;
    return about(error.side, error.refused ? 'LOGIN' : 'connect', response, verdict);
  }
  if (error instanceof LineLost) {
    const verdict =
      error.bye !== null
        ? classify({ line: error.bye, command: null, side: error.side })
        : classifyError({
            error: error.cause ?? Object.assign(error, { code: 'ECONNRESET' }),
            command: null,
            side: error.side,
          });
    return about(error.side, 'connection', error.bye ?? error.message, verdict);
  }
  return undefined;
}

/** The command that the server's line answered; null: it came by itself, after the greeting. */
function answeredBy({ refused, during }: LoginFailed): string | null {
  if (refused) return 'LOGIN';
  return during === 'connect' ? 'connect' : null;
}

/** Another batch fills this mailbox. It is tried again when that batch may have ended. */
const TAKEN: Verdict = {
  kind: 'transient',
  code: null,
  scope: 'mailbox',
  next: 'retry',
  waitSeconds: 30,
  advice: { key: 'another batch' },
  rule: 'engine:destination-taken',
  grounds: { key: 'another batch' },
};

/** An account with this many folder names is held, because each of them would be made at the destination. */
const TOO_MANY_NAMES: Verdict = {
  kind: 'folder',
  code: null,
  scope: 'mailbox',
  next: 'hold',
  waitSeconds: 0,
  advice: { key: 'too many names' },
  rule: 'engine:too-many-names',
  grounds: { key: 'names without end' },
};

function about(side: Side, command: string, response: string, verdict: Verdict): PassFailure {
  return { side, command, folder: null, response, verdict, goes: goesAs(verdict) };
}

function goesAs({ next }: Verdict): 'hold' | 'rest' {
  return next === 'hold' ? 'hold' : 'rest';
}

/** The credential was refused before any server looked at the account: it is refused for everybody. */
export const APPLICATION_REFUSED = 'engine:application-refused';
/** The same, and only this user gets no token. */
const USER_REFUSED = 'engine:user-refused';

/** No token was given: no password would mend that. */
export const isWithoutToken = ({ rule }: Pick<Verdict, 'rule'>): boolean =>
  rule === APPLICATION_REFUSED || rule === USER_REFUSED;

export const CREDENTIAL_MISSING = 'engine:credential-missing';

function missing(error: CredentialMissing): Verdict {
  return {
    kind: 'auth',
    code: null,
    scope: 'mailbox',
    next: 'hold',
    waitSeconds: 0,
    advice: error.advice ?? { key: 'credential missing' },
    rule: ruleOfMissing(error),
    grounds: { key: 'no credential' },
  };
}

function ruleOfMissing({ concerns, advice }: CredentialMissing): string {
  if (concerns === 'all that share it') return APPLICATION_REFUSED;
  return advice === null ? CREDENTIAL_MISSING : USER_REFUSED;
}

function later(error: CredentialLater): Verdict {
  return {
    kind: 'transient',
    code: null,
    scope: 'mailbox',
    next: 'retry',
    waitSeconds: error.waitSeconds,
    advice: { key: 'credential later' },
    rule: 'engine:credential-later',
    grounds: { key: 'credential later' },
  };
}
