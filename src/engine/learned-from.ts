import { wantsIntroduction } from './imap/first-flight.js';
import { LineLost } from './imap/line-lost.js';
import type { KnownManners } from './known-manners.js';
import type { PassFailure } from './pass-failure.js';

/**
 * Whether a failure taught how a server wants to be spoken to: then the next attempt, with better manners, is worth
 * making at once. What was known before teaches nothing.
 */
export function learnedFrom({ side, response }: PassFailure, error: unknown, manners: KnownManners): boolean {
  if (wantsIntroduction(response)) return manners.learn(side, { introduces: 'always' });
  return error instanceof LineLost && hasCode(error.cause, 'COMMAND_LOST');
}

function hasCode(error: Error | null, code: string): boolean {
  return error !== null && 'code' in error && error.code === code;
}
