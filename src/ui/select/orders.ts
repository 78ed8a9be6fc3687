import { canBeOrdered } from '../../protocol/can-be-ordered.js';
import type { EngineCommand } from '../../protocol/commands.js';
import type { MailboxEntity } from '../../protocol/entities.js';
import { keyOf } from '../keys/bindings.js';
import { stateWord } from './states.js';

/** An order that an operator can give for mailboxes. */
export type Order =
  | { readonly kind: 'pause' }
  | { readonly kind: 'continue' }
  /** Starts the mailbox, whatever it waits for. */
  | { readonly kind: 'start' }
  | { readonly kind: 'postpone'; readonly seconds: number }
  | { readonly kind: 'stop' };

/** Whether the order means anything for a mailbox in its state. */
export function canObey({ kind }: Order, { state }: MailboxEntity): boolean {
  return canBeOrdered(kind, state) === null;
}

/** The targets that can obey the order, so that the number in the question is the number acted on. */
export function obeying(order: Order, targets: readonly MailboxEntity[]): readonly MailboxEntity[] {
  return targets.filter((mailbox) => canObey(order, mailbox));
}

/** The order of the key that pauses and continues: it pauses while any of the targets can be paused. */
export function pauseOrContinue(targets: readonly MailboxEntity[]): Order {
  return targets.some((mailbox) => canObey({ kind: 'pause' }, mailbox)) ? { kind: 'pause' } : { kind: 'continue' };
}

/**
 * Why an order means nothing for a mailbox, and the key that does what may be meant. The same on every screen of
 * mailboxes.
 */
export function refusal({ kind }: Order, { email, state }: MailboxEntity): string {
  const is = `${email} is ${stateWord(state.kind)}`;
  if (state.kind === 'given-up') return `${is}: undo that decision`;
  if (kind === 'start')
    return state.kind === 'paused' ? `${is}: ${keyOf('work.pause')} lets it go on` : `${is} already`;
  if (kind === 'postpone' || kind === 'stop') return `${is}: nothing to ${kind}`;
  if (state.kind === 'held') return `${is}: ${keyOf('work.run')} tries it again now`;
  return `${is}: nothing to pause; ${keyOf('work.run')} runs it ${state.kind === 'stopped' ? 'now' : 'again'}`;
}

export function commandFor(order: Order, { id }: MailboxEntity): EngineCommand {
  switch (order.kind) {
    case 'pause':
      return { do: 'pause', mailbox: id };
    case 'continue':
      return { do: 'continue', mailbox: id };
    case 'start':
      return { do: 'start', mailbox: id };
    case 'postpone':
      return { do: 'postpone', mailbox: id, seconds: order.seconds };
    case 'stop':
      return { do: 'stop', how: 'drain', mailbox: id };
  }
}

const VERBS = { pause: 'pause', continue: 'continue', start: 'start now', postpone: 'postpone', stop: 'stop' } as const;
const DONE = {
  pause: 'pausing',
  continue: 'continuing',
  start: 'starting now',
  postpone: 'postponed',
  stop: 'stopping',
} as const;

export function orderVerb({ kind }: Order): string {
  return VERBS[kind];
}

/** The order in words, after it was given: `pausing`. */
export function orderDone({ kind }: Order): string {
  return DONE[kind];
}
