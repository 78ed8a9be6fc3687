import type { Side } from '../../words/side.js';
import { fitsTheLine, type Strike } from '../imap/apart/strikes.js';
import { type Finding, finding } from '../responses/finding.js';

/** The entry in the error ledger for a message or a folder that breaks connections. */
export interface Conviction extends Finding {
  readonly side: Side;
  readonly command: string;
}

/**
 * For a message or a folder that, tried alone, always breaks the connection, or is refused in words that do not speak of it.
 */
export function convictionOf(of: 'message' | 'folder', strikes: readonly Strike[]): Conviction {
  const last = lastOf(strikes);
  const { side, command, words } = last;
  const byItself = strikes.every((strike) => fitsTheLine(strike, strikes)) ? 'maybe' : 'no';
  const found = { of, side, command, times: strikes.length, how: howOf(last), byItself, words } as const;
  return {
    side,
    command,
    ...finding(
      { key: 'breaks the connection', ...found },
      'server-bug',
      of,
      of === 'message' ? 'skip-message' : 'skip-folder',
      of === 'message' ? 'engine:line-drops' : 'engine:folder-fails',
      { key: `${of} breaks`, side },
    ),
  };
}

function howOf({ how, words }: Strike): 'refused' | 'bye' | 'silent' | 'dropped' {
  if (how === 'limited') return 'refused';
  return how !== 'refused' && /^\* BYE\b/i.test(words) ? 'bye' : how;
}

function lastOf(strikes: readonly Strike[]): Strike {
  const last = strikes.at(-1);
  if (!last) throw new Error('unreachable: nobody is convicted without a strike');
  return last;
}
