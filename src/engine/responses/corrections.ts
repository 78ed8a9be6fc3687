import { causeOf, withOneNumber } from '../../store/errors/response-cause.js';
import type { Correction, ResponsePattern } from '../../words/correction.js';
import { isFoundByUs } from '../../words/findings/own-rules.js';
import type { Grounds } from '../../words/grounds/grounds.js';
import type { Kind, Scope, Verdict } from '../../words/verdict.js';
import { adviceFor } from './advice-by-kind.js';
import { classify, type Response } from './classify.js';
import { type CommandGroup, commandGroup } from './command-group.js';
import { nextOf, scopeOf } from './consequence.js';
import { sanitise } from './sanitise.js';

export type { Correction, ResponsePattern } from '../../words/correction.js';

/** Reads a response; pure, never throws. */
export type Classifier = (response: Response) => Verdict;

/** Replaces a verdict where the operator corrected responses like this one. */
export type Corrector = (verdict: Verdict, response: Pick<Response, 'line' | 'command' | 'side'>) => Verdict;

/** `rule` of every verdict that an operator corrected. */
const OPERATOR_RULE = 'operator';

/** A classifier that applies corrections of operators after `classify`. */
export function classifierWith(corrections: readonly Correction[]): Classifier {
  const correct = correctorFor(corrections);
  return (response) => correct(classify(response), response);
}

/**
 * Corrects verdicts that were made elsewhere (of a socket's error, of a failed pass), by the response and the command
 * that the error ledger records. Of two corrections the later one counts. A correction that `whyRefused` refuses
 * changes nothing, wherever it came from.
 */
export function correctorFor(corrections: readonly Correction[]): Corrector {
  if (corrections.length === 0) return (verdict) => verdict;
  const byPattern = new Map(corrections.toSorted((a, b) => a.at - b.at).map((one) => [keyOf(one.pattern), one]));
  return (verdict, response) => {
    const correction = byPattern.get(keyOf(patternOf(response, verdict)));
    if (correction === undefined || whyRefused(correction.pattern, correction.kind, verdict) !== null) return verdict;
    return corrected(verdict, correction);
  };
}

/** The pattern of responses like this one.  @param verdict  how the response was read, by whichever rule */
export function patternOf(
  { line, command, side }: Pick<Response, 'line' | 'command' | 'side'>,
  { code }: Pick<Verdict, 'code'>,
): ResponsePattern {
  return { side, command, code, cause: causeOf(sanitise(line)) };
}

/**
 * Why responses of this pattern may not be read as this kind, in a clause that ends a sentence; null where they may.
 *
 * A correction changes how a failure is waited out and who is asked, never what is settled. Refused are
 * - a success, and what the engine found out itself: there is no failure to correct;
 * - `missing`, and whatever would end in a note: nothing is left to do about a note, so a message or a
 *   folder that did not arrive would count as done. That a message is gone is seen in the source's list of UIDs;
 * - a kind that the command cannot have: no message is refused by SELECT, no folder by LOGIN, and where mail
 *   moves the login stood: `auth` would stop all mailboxes that share it;
 * - a kind of single messages for FETCH at the destination: what is left out when the tail is read back
 *   counts as not there, and would be copied a second time;
 * - a refused login read as something that is tried again within seconds, for that earns a lockout.
 *
 * @param read how the response is read without this correction
 */
export function whyRefused(pattern: ResponsePattern, kind: Kind, read: Verdict): string | null {
  const group = commandGroup(pattern.command);
  if (read.next === 'ignore' || SUCCESS.test(pattern.cause)) return 'the command succeeded';
  if (isFoundByUs(read)) return 'no server said this, Nightferry found it out itself';
  if (kind === 'missing') return "whether a message is gone is seen in the source's list of messages";
  const where = WHERE[kind];
  if (where !== undefined && !where.includes(group)) return `${kind} cannot come of ${nameOf(pattern.command)}`;
  if (nextOf(kind, group) === 'note' && group !== 'store')
    return `after ${nameOf(pattern.command)} ${kind} is only noted, and what did not arrive would count as done`;
  if (group === 'fetch' && pattern.side === 'destination' && scopeOf(kind, group) === 'message')
    return 'what is not read back at the destination would be copied a second time';
  if (read.kind === 'auth' && LOGIN.includes(group) && !UNHURRIED.includes(kind))
    return `a refused login that is tried again soon is locked out; ${UNHURRIED.join(' or ')} would wait longer`;
  return null;
}

const SUCCESS = /^(?:OK|PREAUTH)\b/i;
const LOGIN: readonly CommandGroup[] = ['connect', 'login'];
/** Kinds that a refused login may be corrected into. */
const UNHURRIED: readonly Kind[] = ['mailbox-state', 'throttled', 'auth'];
const OF_MESSAGES: readonly CommandGroup[] = ['append', 'copy', 'store', 'fetch'];

/** The commands that some kinds are limited to. */
const WHERE: Partial<Readonly<Record<Kind, readonly CommandGroup[]>>> = {
  auth: ['connect', 'login', 'open', 'make', 'look', 'other'],
  quota: ['append', 'copy', 'make'],
  'message-policy': OF_MESSAGES,
  folder: [...OF_MESSAGES, 'open', 'make', 'look'],
};

function corrected(verdict: Verdict, correction: Correction): Verdict {
  const { kind, pattern } = correction;
  if (kind === verdict.kind) return verdict;
  const group = commandGroup(pattern.command);
  return {
    ...verdict,
    kind,
    scope: widest(verdict.scope, scopeOf(kind, group)),
    next: nextOf(kind, group),
    advice: adviceFor(kind),
    rule: OPERATOR_RULE,
    grounds: groundsOf(verdict, correction),
  };
}

/**
 * The scope after a correction. A response that concerns the whole endpoint still does, unless the new kind is about
 * less than a mailbox.
 */
function widest(before: Scope, after: Scope): Scope {
  return before === 'endpoint' && after === 'mailbox' ? 'endpoint' : after;
}

function groundsOf({ rule, kind: read }: Verdict, { id, at, by, kind, sample }: Correction): Grounds {
  return {
    key: 'corrected',
    correction: sanitise(id, 40),
    at,
    by: by === undefined ? null : sanitise(by, 60),
    sample: sanitise(sample, 120),
    kind,
    rule,
    read,
  };
}

/**
 * A key for patterns that mean the same. Older builds wrote the cause in another form, so it is brought into the form
 * of now.
 */
function keyOf({ side, command, code, cause }: ResponsePattern): string {
  return JSON.stringify([side, commandGroup(command), code, withOneNumber(cause)]);
}

function nameOf(command: string | null): string {
  return command === null ? 'a response between commands' : sanitise(command, 40);
}
