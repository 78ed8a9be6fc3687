import { type MailboxState, waitsForWave } from './entities.js';

/** An order that an operator can give for one mailbox. */
export type MailboxOrder = 'pause' | 'continue' | 'start' | 'postpone' | 'stop' | 'give-up';

/** Why an order means nothing for a mailbox in its state. */
export type OrderMeansNothing = 'at work' | 'paused' | 'not waiting' | 'not running' | 'not paused' | 'given up';

const RUNNING: ReadonlySet<MailboxState['kind']> = new Set(['connecting', 'scanning', 'copying', 'verifying']);
const WAITING: ReadonlySet<MailboxState['kind']> = new Set(['queued', 'backing-off']);

/** Whether an order means something for a mailbox in that state; null: it does. Engine and console both ask here. */
export function canBeOrdered(order: MailboxOrder, state: MailboxState): OrderMeansNothing | null {
  const { kind } = state;
  const isWaiting = WAITING.has(kind) && !waitsForWave(state);
  switch (order) {
    case 'pause':
      return RUNNING.has(kind) || isWaiting ? null : 'not running';
    case 'continue':
      return kind === 'paused' ? null : 'not paused';
    case 'postpone':
      return isWaiting ? null : 'not waiting';
    case 'start':
      // The operator who paused it had a reason: it is continued by name, and not started along with many others.
      if (kind === 'paused') return 'paused';
      if (kind === 'given-up') return 'given up';
      return RUNNING.has(kind) ? 'at work' : null;
    case 'stop':
      return RUNNING.has(kind) || isWaiting || kind === 'paused' ? null : 'not running';
    case 'give-up':
      return kind === 'given-up' ? 'given up' : null;
  }
}
