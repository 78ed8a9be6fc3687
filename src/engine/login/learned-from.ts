import type { Located } from '../../store/batch/endpoints.js';
import { ConnectionLost, isCommandLost } from '../imap/connection/connection-lost.js';
import { wantsIntroduction } from '../imap/session/first-flight.js';
import type { PassFailure } from '../responses/pass-failure.js';
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
  if (error instanceof ConnectionLost && isCommandLost(error)) return true;
  // It never answers ID: its name is worth less than the mail.
  if (error instanceof ConnectionLost && error.loss.how === 'silent' && error.loss.unanswered[0]?.name === 'ID')
    return manners.learn(side, row, { introduces: 'never' });
  return false;
}
