import {
  type BatchEntity,
  isInStep,
  isMoving,
  isThrough,
  type MailboxEntity,
  type MailboxState,
  needsOperator,
} from '../../protocol/entities.js';
import { ALL_SETTLED, ERRORS_OPEN, STOPPED_BEFORE_THE_END } from '../../protocol/exit-code.js';
import { adviceText } from '../../words/advice/advice-text.js';
import type { Reason } from '../../words/reason.js';
import { reasonText, responseWords, withoutSide } from '../../words/reason-text.js';
import { showMinute, showPast, showTimer } from '../../words/times.js';
import { showCount } from '../../words/units.js';
import { STATE_WORDS } from '../model/state-words.js';
import type { Glyphs } from '../text/glyphs.js';
import type { Tone } from '../text/theme.js';
import { causeName } from './errors.js';

export { isMoving };

type Kind = MailboxState['kind'];

/** The states in the order in which operators want to see them. */
export const STATE_ORDER: readonly Kind[] = [
  'held',
  'incomplete',
  'copying',
  'verifying',
  'scanning',
  'connecting',
  'backing-off',
  'paused',
  'queued',
  'stopped',
  'synced',
  'completed',
  'given-up',
];

export function stateWord(kind: Kind): string {
  return STATE_WORDS[kind].word;
}

/** The order that mailboxes at work follow; null: they go on. */
export type Drain = 'pausing' | 'stopping' | null;

/**
 * The order of the batch to mailboxes at work. A pause, a stop and a closed window let everything in flight be settled,
 * which takes minutes in which nothing seems to change.
 */
export function drainOf(batch: Pick<BatchEntity, 'state' | 'closedUntil'> | null): Drain {
  if (batch?.state === 'draining') return 'stopping';
  if (batch?.state === 'paused') return 'pausing';
  return batch && batch.state !== 'ended' && batch.closedUntil !== null ? 'pausing' : null;
}

/** When a mailbox will be done; null: nobody knows, or it is about to rest before. */
export function endOf({ state, eta }: Pick<MailboxEntity, 'state' | 'eta'>, drain: Drain): number | null {
  return drain !== null && isMoving(state.kind) ? null : eta;
}

/** The number of mailboxes that move. */
export function movingIn(byState: Partial<Readonly<Record<Kind, number>>>): number {
  return STATE_ORDER.filter(isMoving).reduce((sum, kind) => sum + (byState[kind] ?? 0), 0);
}

/** The tone of a state: it moves, needs the operator, or rests. */
export function stateTone(kind: Kind): Tone {
  if (isMoving(kind)) return 'accent';
  if (kind === 'held' || kind === 'incomplete') return 'alert';
  if (kind === 'synced' || kind === 'completed') return 'good';
  return kind === 'backing-off' ? 'text' : 'dim';
}

/** The sign of a state, for displays without colours. */
export function stateSign(kind: Kind, glyphs: Glyphs): string {
  if (isMoving(kind)) return glyphs.mark;
  switch (kind) {
    case 'held':
    case 'incomplete':
      return glyphs.alert;
    case 'backing-off':
      return glyphs.dotted;
    case 'paused':
      return glyphs.unmarked;
    case 'stopped':
      return glyphs.bad;
    case 'synced':
    case 'completed':
      return glyphs.good;
    default:
      return glyphs.middot;
  }
}

/** How the batch ended, for somebody who does not know its exit codes. */
export function exitText(exitCode: number): string {
  switch (exitCode) {
    case ALL_SETTLED:
      return 'all settled';
    case ERRORS_OPEN:
      return 'errors are open';
    case STOPPED_BEFORE_THE_END:
      return 'stopped before the end';
    case 130:
      return 'interrupted';
    default:
      return `broken off (code ${exitCode})`;
  }
}

/** An engine without work stays while a console is open, also where nothing waits for the operator. */
export function waitingText({ needs, byState }: Pick<BatchEntity, 'needs' | 'byState'>): 'waits for you' | 'all done' {
  return needs === 0 && (byState.stopped ?? 0) === 0 ? 'all done' : 'waits for you';
}

/** `1 needs you`, `3 need you`: mailboxes. */
export function needYou(count: number): string {
  return `${showCount(count)} ${count === 1 ? 'needs' : 'need'} you`;
}

/** Whether a mailbox went through to its end with something failed or left. `synced` would say that all is well. */
export function endedOpen(mailbox: Pick<MailboxEntity, 'state' | 'errors' | 'counts'>): boolean {
  return isThrough(mailbox) && (mailbox.errors > 0 || !isInStep(mailbox));
}

export function mailboxTone(mailbox: MailboxEntity): Tone {
  return endedOpen(mailbox) ? 'alert' : stateTone(mailbox.state.kind);
}

export function mailboxSign(mailbox: MailboxEntity, glyphs: Glyphs): string {
  return endedOpen(mailbox) ? glyphs.alert : stateSign(mailbox.state.kind, glyphs);
}

/**
 * The state, with what the mailbox waits for: `copying`, `pausing`, `back in 3:41`, `starts in 0:38`, `synced 02:10`,
 * `ended 02:10`, `incomplete 02:10`.
 */
export function stateText(mailbox: MailboxEntity, now: number, drain: Drain = null): string {
  const { state } = mailbox;
  if (drain !== null && isMoving(state.kind)) return drain;
  switch (state.kind) {
    case 'backing-off':
      // A timer of a day tells nobody anything, so the hour is shown.
      if (state.because.key === 'allowance') return `goes on ${showMinute(state.until, now)}`;
      return `back in ${showTimer(state.until - now)}`;
    case 'queued':
      return state.startsAt !== null && state.startsAt > now
        ? `starts in ${showTimer(state.startsAt - now)}`
        : 'queued';
    case 'incomplete':
      return `${stateWord(state.kind)} ${showPast(state.at, now)}`;
    case 'synced':
    case 'completed':
      return `${endedOpen(mailbox) ? 'ended' : stateWord(state.kind)} ${showPast(state.at, now)}`;
    default:
      return stateWord(state.kind);
  }
}

/** The reason of the state; null: the state says everything. */
export function reasonOf({ state }: MailboxEntity): Reason | null {
  if ('because' in state) return state.because;
  return 'why' in state ? state.why : null;
}

/** The reason of the state in one line; '': none. */
export function stateReason(mailbox: MailboxEntity): string {
  return mailbox.state.kind === 'given-up' ? mailbox.state.reason : reasonText(reasonOf(mailbox));
}

/**
 * Why a mailbox does not move, the response code first, because the end is cut where room is short. A mailbox that ended
 * and needs the operator is explained by the cause that it is listed under. '': it moves, or nothing is to be said.
 */
export function whyItRests(mailbox: MailboxEntity): string {
  if (isMoving(mailbox.state.kind)) return '';
  if (mailbox.state.kind === 'given-up') return mailbox.state.reason;
  const { cause } = mailbox;
  const { side, code, text } = reasonCells(reasonOf(mailbox));
  if (text !== '' || code !== '') {
    const named = code === '' && cause !== null && needsOperator(mailbox) ? (cause.code ?? '') : code;
    return [named, text, side && `(${side})`].filter((part) => part !== '').join(' ');
  }
  if (cause === null || !needsOperator(mailbox)) return '';
  return `${causeName(cause)} ${responseWords(cause.text)} (${cause.side})`;
}

/** The time since which the state lasts; null: it began before this engine. */
export function stateSince({ state, history }: MailboxEntity): number | null {
  const last = history.at(-1);
  return last && last.kind === state.kind ? last.at : null;
}

/**
 * The step that an operator must take before it goes on, or ''.
 *
 * @param typed  the batch as it is typed after a command
 */
export function whatItAsks({ state }: MailboxEntity, typed: string): string {
  return state.kind === 'held' ? adviceText(state.asks, typed) : '';
}

/** A reason in the columns of a list. */
export interface ReasonCells {
  /** `source`, `destination` or ''. */
  readonly side: string;
  /** Response code, or ''. */
  readonly code: string;
  /** The rest of the reason; of a response its words, if it has any. */
  readonly text: string;
}

export function reasonCells(reason: Reason | null): ReasonCells {
  if (reason === null) return { side: '', code: '', text: '' };
  const side = 'side' in reason ? reason.side : '';
  if (reason.key !== 'response') return { side, code: '', text: withoutSide(reason) };
  return { side, code: reason.code ?? '', text: responseWords(reason.response) };
}
