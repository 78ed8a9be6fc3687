import { plural } from '../../words/plural.js';

/** Failures of the account: a mailbox that has one open is incomplete, whatever its counters say. */
export type Shortfall =
  /** Messages that were listed or counted and that nobody copied. */
  | { readonly kind: 'left'; readonly messages: number; readonly folders: number }
  /** Messages that the destination said OK to and does not hold. */
  | { readonly kind: 'not stored'; readonly messages: number; readonly folders: number }
  /** Failures of no message: folders that could not be opened, rows that could not be read. */
  | { readonly kind: 'unread'; readonly failures: number };

/** How a mailbox ends that went through all its folders. */
export type Ending =
  | { readonly kind: 'synced' }
  | { readonly kind: 'incomplete'; readonly left: number; readonly because: string };

/** The law of conservation for a mailbox: it is synced only where no folder and no name fell short. */
export function endingOf(shortfalls: readonly Shortfall[]): Ending {
  const real = shortfalls.filter((one) => sizeOf(one) > 0);
  if (real.length === 0) return { kind: 'synced' };
  const left = real.reduce((sum, one) => sum + ('messages' in one ? one.messages : 0), 0);
  return { kind: 'incomplete', left, because: real.map(inWords).join('; ') };
}

function sizeOf(shortfall: Shortfall): number {
  return 'messages' in shortfall ? shortfall.messages : shortfall.failures;
}

function inWords(shortfall: Shortfall): string {
  switch (shortfall.kind) {
    case 'left':
      return `${messages(shortfall)} not copied`;
    case 'not stored':
      return `${messages(shortfall)} answered OK and not there when the folder was read back`;
    case 'unread':
      return `${plural(shortfall.failures, 'failure')} of folders or names`;
  }
}

const messages = (of: { readonly messages: number; readonly folders: number }) =>
  `${plural(of.messages, 'message')} in ${plural(of.folders, 'folder')}`;
