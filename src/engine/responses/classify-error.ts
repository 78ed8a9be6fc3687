import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { classify } from './classify.js';
import { commandGroup } from './command-group.js';
import { ERROR_RULES, type ErrorFacts, type ErrorRule, REMAINING, TLS_BROKEN, TLS_REFUSED } from './rules/errors.js';
import { sanitise } from './sanitise.js';

export interface Failure {
  /** The thrown value: a Node error, a TLS error, an error of the IMAP library, or anything else. */
  readonly error: unknown;
  /** The command under way, or null. */
  readonly command: string | null;
  readonly side: Side;
  readonly provider?: string;
}

/** How many levels of `cause` and AggregateError are followed. */
const DEEPEST = 4;

/**
 * Classifies failures of DNS, TCP, TLS and of the IMAP library, like responses. An unreachable server is transient; a
 * certificate that is not trusted holds; both concern the endpoint. An error that carries the server's response line is
 * classified by that line. Never throws.
 */
export function classifyError(failure: Failure): Verdict {
  const line = responseLineIn(failure.error);
  if (line !== null) return classify({ ...failure, line });
  const facts = factsOf(failure.error, 0, []);
  return (
    known(facts, failure.side) ??
    first(facts, failure.side, [isGreeting(failure.command) ? TLS_REFUSED : TLS_BROKEN], isOf) ??
    verdictOf(REMAINING, facts[0] ?? { code: '', message: '' }, failure.side)
  );
}

/** The message of an error, as a log shows it: `connect ECONNREFUSED 10.0.0.1:993`. Null where it says nothing known. */
export function classifyErrorText(message: string, side: Side): Verdict | null {
  const facts = [{ code: '', message: sanitise(message, 300) }];
  return known(facts, side) ?? first(facts, side, [TLS_REFUSED], isOf);
}

/** Looks for a known failure: by the error's code, then by a code in its message, then by its words. */
function known(facts: readonly ErrorFacts[], side: Side): Verdict | null {
  return (
    first(facts, side, ERROR_RULES, (rule, { code }) => rule.codes.includes(code)) ??
    first(facts, side, ERROR_RULES, ({ codes }, { message }) =>
      codesIn(message).some((code) => codes.includes(code)),
    ) ??
    first(facts, side, ERROR_RULES, ({ words }, { message }) => words?.test(message) ?? false)
  );
}

function isGreeting(command: string | null): boolean {
  const group = commandGroup(command);
  return group === 'connect' || group === 'login';
}

function isOf({ codes, words }: ErrorRule, { code, message }: ErrorFacts): boolean {
  return [code, ...codesIn(message)].some((one) => codes.includes(one) || words?.test(one)) || !!words?.test(message);
}

function codesIn(message: string): readonly string[] {
  return message.match(/\bE[A-Z_]{3,40}\b|\b(?:ERR|CERT|UNABLE|SELF|DEPTH)_[A-Z0-9_]{3,60}\b/g) ?? [];
}

function first(
  facts: readonly ErrorFacts[],
  side: Side,
  rules: readonly ErrorRule[],
  fits: (rule: ErrorRule, facts: ErrorFacts) => boolean,
): Verdict | null {
  for (const one of facts) {
    const rule = rules.find((candidate) => fits(candidate, one));
    if (rule !== undefined) return verdictOf(rule, one, side);
  }
  return null;
}

function verdictOf(rule: ErrorRule, { code, message }: ErrorFacts, side: Side): Verdict {
  return {
    kind: rule.kind,
    code: null,
    scope: rule.scope,
    next: rule.next,
    waitSeconds: 0,
    advice: { key: rule.advice },
    rule: rule.name,
    grounds: { key: 'error', code: sanitise(code, 80), message, side },
  };
}

/**
 * Our own errors keep the server's line as `line` or, for its farewell, `bye`; imapflow keeps the
 * parts of a tagged response beside `responseStatus`.
 */
function responseLineIn(error: unknown): string | null {
  for (const kept of [text(property(error, 'line')), text(property(error, 'bye'))]) {
    if (/^(?:\S{1,64} )?(?:NO|BAD|BYE)\b/i.test(kept)) return kept;
  }
  const status = text(property(error, 'responseStatus'));
  if (!/^(?:NO|BAD|BYE)$/i.test(status)) return null;
  const code = text(property(error, 'serverResponseCode'));
  return `${status} ${code === '' ? '' : `[${code}] `}${text(property(error, 'responseText'))}`;
}

/**
 * The error and its causes, innermost first. imapflow's NoConnection says less than the ECONNREFUSED that caused it.
 */
function factsOf(error: unknown, depth: number, found: ErrorFacts[]): readonly ErrorFacts[] {
  if (error === null || error === undefined || depth >= DEEPEST) return found;
  factsOf(property(error, 'cause'), depth + 1, found);
  const inner = property(error, 'errors');
  if (Array.isArray(inner)) for (const one of inner.slice(0, DEEPEST)) factsOf(one, depth + 1, found);
  const message = text(typeof error === 'object' ? property(error, 'message') : error);
  found.push({ code: text(property(error, 'code')), message: sanitise(message, 300) });
  return found;
}

function property(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  try {
    return (of as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined; // A getter that throws says nothing.
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 4096) : '';
}
