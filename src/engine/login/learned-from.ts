import type { Located } from '../../store/batch/endpoints.js';
import { LineLost } from '../imap/connection/line-lost.js';
import { wantsIntroduction } from '../imap/session/first-flight.js';
import type { PassFailure } from '../mailbox/pass-failure.js';
import type { KnownManners } from './known-manners.js';

/**
 * Whether a failure taught how a server wants to be spoken to: then the next attempt, with better manners, is worth
 * making at once. What was known before teaches nothing.
 */
export function learnedFrom(
  { side, response }: PassFailure,
  error: unknown,
  row: Located,
  manners: KnownManners,
): boolean {
  if (wantsIntroduction(response)) return manners.learn(side, row, { introduces: 'always' });
  return error instanceof LineLost && hasCode(error.cause, 'COMMAND_LOST');
}

function hasCode(error: Error | null, code: string): boolean {
  return error !== null && 'code' in error && error.code === code;
}
