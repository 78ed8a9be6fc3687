import { canBeOrdered, type MailboxOrder, type OrderMeansNothing } from '../../../protocol/can-be-ordered.js';
import type { MailboxState } from '../../../protocol/entities.js';
import { type Hold, IN_TURN, type Life, NO_ORDER } from './life.js';

type At<K extends Life['at']> = Extract<Life, { at: K }>;

/**
 * A mailbox as its document tells it, before an engine works on it.
 *
 * @param password  the side whose password would let it go on, where it is held; null: none would
 */
export function lifeOf(state: MailboxState, password: Hold['password']): Life {
  switch (state.kind) {
    case 'held':
      return {
        at: 'hold',
        hold: { because: state.because, asks: state.asks, password },
        cause: null,
        turn: null,
      };
    case 'stopped':
    case 'synced':
    case 'incomplete':
    case 'completed':
    case 'given-up':
      return { at: 'rest', state };
    case 'queued':
    case 'backing-off':
      return { at: 'queue', turn: { ...IN_TURN, state } };
    case 'paused':
      return { at: 'pause', by: 'operator', turn: null };
    default:
      return { at: 'work', phase: state.kind, order: NO_ORDER, answered: false };
  }
}

/** The state that is published and written down. */
export function stateOf(life: Life): MailboxState {
  switch (life.at) {
    case 'rest':
      return life.state;
    case 'queue':
      return life.turn.state;
    case 'work':
      return { kind: life.phase };
    case 'closing':
      return shownWhileClosing(life);
    case 'pause':
      return { kind: 'paused' };
    case 'hold':
      return heldState(life.hold);
  }
}

/** The password that is asked for is no part of it: `asksPassword` tells of it. */
function heldState({ because, asks }: Hold): MailboxState {
  return { kind: 'held', because, asks };
}

function shownWhileClosing({ outcome, order }: At<'closing'>): MailboxState {
  if (order.kind === 'start') return order.turn.state;
  if (order.kind === 'give up') return order.state;
  switch (outcome.kind) {
    case 'through':
      return outcome.state;
    case 'rest':
      return { kind: 'backing-off', until: outcome.until, because: outcome.because };
    case 'hold':
      return heldState(outcome.hold);
    case 'left':
      return { kind: order.kind === 'stop' ? 'stopped' : 'paused' };
  }
}

/** An operator decided that nothing more of it is tried. */
export function isGivenUp(life: Life): boolean {
  return life.at === 'rest' && life.state.kind === 'given-up';
}

/** An attempt runs, or its last is being written down. */
export function isBusy(life: Life): life is At<'work'> | At<'closing'> {
  return life.at === 'work' || life.at === 'closing';
}

/** The side whose password would let it go on; null: it is not held for one. */
export function passwordAskedOf(life: Life): Hold['password'] {
  if (life.at === 'hold') return life.hold.password;
  return life.at === 'closing' && life.outcome.kind === 'hold' && life.order.kind !== 'start'
    ? life.outcome.hold.password
    : null;
}

/** The rest that a mailbox is in, or was in when it was paused; null: it rests in none. */
export function restOf(life: Life): Extract<MailboxState, { kind: 'backing-off' }> | null {
  const turn = life.at === 'queue' || life.at === 'pause' ? life.turn : null;
  return turn?.state.kind === 'backing-off' ? turn.state : null;
}

/** Why an order means nothing for a mailbox. */
export type OrderRefusal = 'being stopped' | OrderMeansNothing;

/** The reason why an order means nothing for a mailbox as it is; null: the order means something. */
export function can(order: MailboxOrder, life: Life): OrderRefusal | null {
  if (!isBusy(life)) return canBeOrdered(order, stateOf(life));
  if (order === 'give-up') return life.order.kind === 'give up' ? 'given up' : null;
  if (order === 'start' || order === 'postpone') return canBeOrdered(order, { kind: 'copying' });
  if (order === 'continue') return life.order.kind === 'pause' ? null : 'not paused';
  return order === 'pause' && (life.order.kind === 'stop' || life.order.kind === 'give up') ? 'being stopped' : null;
}
