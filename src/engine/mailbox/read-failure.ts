import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { OutOfStep } from '../copy/transfer/append-ends.js';
import { TooManyRefusals } from '../copy/transfer/refusal-streak.js';
import { UidValidityChanged } from '../imap/commands/desk.js';
import { ConnectionLost } from '../imap/connection/connection-lost.js';
import { CredentialLater, CredentialMissing } from '../imap/session/credentials.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import { Refused } from '../imap/session/refused.js';
import { TooManyNames } from '../listing/too-many-names.js';
import { DestinationTaken } from '../login/take-destination.js';
import { classify } from '../responses/classify.js';
import { classifyError } from '../responses/classify-error.js';
import type { Corrector } from '../responses/corrections.js';
import { finding } from '../responses/finding.js';
import { APPLICATION_REFUSED, CREDENTIAL_MISSING, type PassFailure, USER_REFUSED } from '../responses/pass-failure.js';

/**
 * Reads the error that ended a pass.
 *
 * @param correct  what operators said of responses like this one
 * @returns undefined for what is no failure of a server or a connection: a bug, to be thrown on
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

/** An access token that was refused is renewed once: servers seldom say that it has merely expired. */
export function isTokenRefused({ verdict }: PassFailure, error: unknown): boolean {
  if (verdict.next === 'renew-token') return true;
  return error instanceof LoginFailed && error.refused && error.credentialKind === 'token' && verdict.kind === 'auth';
}

function read(error: unknown): PassFailure | undefined {
  if (error instanceof CredentialMissing) return about(error.side, 'LOGIN', error.message, missing(error));
  if (error instanceof CredentialLater) return about(error.side, 'LOGIN', error.message, later(error));
  if (error instanceof TooManyNames) return ofEndlessList(error);
  if (error instanceof DestinationTaken) return about('destination', 'lock', error.message, TAKEN);
  if (error instanceof TooManyRefusals)
    return { ...about(error.side, error.command, error.line, error.verdict), goes: 'hold' };
  if (error instanceof OutOfStep) return ofLostStep(error);
  if (error instanceof UidValidityChanged) return ofNewUids(error);
  if (error instanceof Refused) return ofRefusal(error);
  if (error instanceof LoginFailed) return ofLogin(error);
  if (error instanceof ConnectionLost) return ofLostConnection(error);
  return undefined;
}

function about(side: Side, command: string, response: string, verdict: Verdict): PassFailure {
  return { side, command, folder: null, response, verdict, goes: goesAs(verdict) };
}

function goesAs({ next }: Verdict): 'hold' | 'rest' {
  return next === 'hold' ? 'hold' : 'rest';
}

/** The server may have read messages as commands: a new connection goes on at once. */
function ofLostStep({ line }: OutOfStep): PassFailure {
  const verdict = classify({ line, command: 'APPEND', side: 'destination' });
  return { ...about('destination', 'APPEND', line, verdict), goes: 'now' };
}

/** The folder was made anew while it was copied: the next pass begins with its new UIDs at once. */
function ofNewUids(error: UidValidityChanged): PassFailure {
  const { side, folder, message } = error;
  const command = side === 'source' ? 'EXAMINE' : 'SELECT';
  return { ...about(side, command, message, classifyError({ error, command, side })), folder, goes: 'now' };
}

function ofRefusal({ side, command, folder, line }: Refused): PassFailure {
  return { ...about(side, command, line, classify({ line, command, side })), folder };
}

function ofLogin(error: LoginFailed): PassFailure {
  const { side, line, refused, reason } = error;
  const verdict =
    line === null
      ? classifyError({ error: error.cause ?? error, command: 'LOGIN', side })
      : classify({ line, command: answeredBy(error), side });
  const said = line ?? error.message;
  return about(side, refused ? 'LOGIN' : 'connect', reason === null ? said : `${said} (${reason})`, verdict);
}

/** The command that the server's line answered; null: it came by itself, after the greeting. */
function answeredBy({ refused, during }: LoginFailed): string | null {
  if (refused) return 'LOGIN';
  return during === 'connect' ? 'connect' : null;
}

function ofLostConnection(error: ConnectionLost): PassFailure {
  const { side, bye } = error;
  if (bye !== null) return about(side, 'connection', bye, classify({ line: bye, command: null, side }));
  const cause = error.cause ?? Object.assign(error, { code: 'ECONNRESET' });
  return about(side, 'connection', error.message, classifyError({ error: cause, command: null, side }));
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
function ofEndlessList({ found }: TooManyNames): PassFailure {
  const advice = { key: 'too many names' } as const;
  const { response, verdict } = finding(found, 'folder', 'mailbox', 'hold', 'engine:too-many-names', advice);
  return about(found.side, 'LIST', response, verdict);
}

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
