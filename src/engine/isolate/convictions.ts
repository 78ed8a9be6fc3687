import type { Advice } from '../../words/advice/advice.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { fitsTheLine, type Strike } from './strikes.js';

/** The entry in the error ledger for a message or a folder that breaks connections. */
export interface Conviction {
  readonly side: Side;
  readonly command: string;
  readonly response: string;
  readonly verdict: Verdict;
}

/** For a message that, tried alone, always breaks the connection or is refused in words that do not speak of it. */
export function convictionOfMessage(strikes: readonly Strike[]): Conviction {
  const last = lastOf(strikes);
  return conviction(last, told(strikes, 'this message'), { key: 'message breaks', side: last.side }, 'message');
}

/** For a folder that, tried alone, always breaks the connection or is refused. */
export function convictionOfFolder(strikes: readonly Strike[]): Conviction {
  const last = lastOf(strikes);
  return conviction(last, told(strikes, 'this folder'), { key: 'folder breaks', side: last.side }, 'folder');
}

function conviction(
  { side, command }: Strike,
  response: string,
  advice: Advice,
  scope: 'message' | 'folder',
): Conviction {
  return {
    side,
    command,
    response,
    verdict: {
      kind: 'server-bug',
      code: null,
      scope,
      next: scope === 'message' ? 'skip-message' : 'skip-folder',
      waitSeconds: 0,
      advice,
      rule: scope === 'message' ? 'engine:line-drops' : 'engine:folder-fails',
      grounds: { key: 'found' },
    },
  };
}

/** Puts the server's own words first, since an operator looks for them in the server's log. */
function told(strikes: readonly Strike[], what: string): string {
  const { how, words, command, side } = lastOf(strikes);
  const times = `${strikes.length} times, while nothing else was under way`;
  if (how === 'refused') return words;
  if (/^\* BYE\b/i.test(words)) return `${words} (the ${side} closed the connection at ${command} of ${what} ${times})`;
  const did = how === 'silent' ? 'gave no answer' : 'dropped the connection';
  const seen = strikes.every((strike) => fitsTheLine(strike, strikes)) ? '; it may be the line that drops then' : '';
  return `the ${side} ${did} at ${command} of ${what} ${times}${seen}: ${words}`;
}

function lastOf(strikes: readonly Strike[]): Strike {
  const last = strikes.at(-1);
  if (!last) throw new Error('unreachable: nobody is convicted without a strike');
  return last;
}
