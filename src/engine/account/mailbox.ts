import { plural } from '../../words/units.js';

/** Messages that a mailbox falls short of, one way in which they do. */
export interface MessagesShort {
  readonly kind: /** Listed or counted, and nobody copied them. */
    | 'left'
    /** The destination said OK to them and does not hold them. */
    | 'not stored'
    /** The destination holds a part of each. */
    | 'cut short'
    /** The source gives nothing, or something else, for what it listed. */
    | 'not as listed';
  readonly messages: number;
  readonly folders: number;
}

/** Failures of the account: a mailbox that has one open is incomplete, whatever its counters say. */
export type Shortfall =
  | MessagesShort
  /** Failures of no message: folders that could not be opened, rows that could not be read. */
  | { readonly kind: 'unread'; readonly failures: number }
  /** Nothing is missing: messages stand at the destination more than once. */
  | { readonly kind: 'doubled'; readonly copies: number; readonly folders: number };

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
  if (shortfall.kind === 'doubled') return shortfall.copies;
  return 'messages' in shortfall ? shortfall.messages : shortfall.failures;
}

function inWords(shortfall: Shortfall): string {
  switch (shortfall.kind) {
    case 'left':
      return `${messages(shortfall)} not copied`;
    case 'not stored':
      return `${messages(shortfall)} answered OK and not there when the folder was read back`;
    case 'cut short':
      return `${messages(shortfall)} of which the destination holds a part only`;
    case 'not as listed':
      return `${messages(shortfall)} that the source does not give as it lists them`;
    case 'unread':
      return `${plural(shortfall.failures, 'failure')} of folders or names`;
    case 'doubled':
      return `${plural(shortfall.copies, 'second copy', 'second copies')} in ${plural(shortfall.folders, 'folder')}: \`nightferry quarantine\` moves them away`;
  }
}

const messages = (of: { readonly messages: number; readonly folders: number }) =>
  `${plural(of.messages, 'message')} in ${plural(of.folders, 'folder')}`;
