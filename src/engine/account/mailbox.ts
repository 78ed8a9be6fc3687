import type { Reason, Shortfall } from '../../words/reason.js';

/** How a mailbox ends that went through all of its folders. */
export type Ending =
  | { readonly kind: 'synced' }
  | { readonly kind: 'incomplete'; readonly left: number; readonly because: Reason };

/** Balances a mailbox: it is synced only where no folder and no name fell short. */
export function endingOf(shortfalls: readonly Shortfall[]): Ending {
  const real = shortfalls.filter((one) => sizeOf(one) > 0);
  if (real.length === 0) return { kind: 'synced' };
  const left = real.reduce((sum, one) => sum + ('messages' in one ? one.messages : 0), 0);
  return { kind: 'incomplete', left, because: { key: 'short', by: real } };
}

function sizeOf(shortfall: Shortfall): number {
  if (shortfall.kind === 'doubled') return shortfall.copies;
  return 'messages' in shortfall ? shortfall.messages : shortfall.failures;
}
