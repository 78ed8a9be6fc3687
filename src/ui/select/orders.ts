import type { EngineCommand, MailboxEntity } from '../../engine/protocol.js';
import { isMoving } from './states.js';

/** What an operator can order for mailboxes. */
export type Order =
  | { readonly kind: 'pause' }
  | { readonly kind: 'continue' }
  /** Whatever it waits for. */
  | { readonly kind: 'start' }
  | { readonly kind: 'postpone'; readonly seconds: number }
  | { readonly kind: 'stop' };

/** Whether the order means anything for a mailbox in its state. */
export function canObey(order: Order, { state }: MailboxEntity): boolean {
  switch (order.kind) {
    case 'pause':
      return isMoving(state.kind) || state.kind === 'backing-off' || state.kind === 'queued';
    case 'continue':
      return state.kind === 'paused';
    case 'start':
      return !isMoving(state.kind) && state.kind !== 'paused';
    case 'postpone':
      return state.kind === 'queued' || state.kind === 'backing-off';
    case 'stop':
      return isMoving(state.kind) || state.kind === 'backing-off' || state.kind === 'queued';
  }
}

/** Those of the targets that the order is for: the number that is asked about is the number acted on. */
export function obeying(order: Order, targets: readonly MailboxEntity[]): readonly MailboxEntity[] {
  return targets.filter((mailbox) => canObey(order, mailbox));
}

/** One key pauses and continues: it pauses while anything among the targets can be paused. */
export function pauseOrContinue(targets: readonly MailboxEntity[]): Order {
  return targets.some((mailbox) => canObey({ kind: 'pause' }, mailbox)) ? { kind: 'pause' } : { kind: 'continue' };
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

/** After it was given: `pausing`. */
export function orderDone({ kind }: Order): string {
  return DONE[kind];
}
