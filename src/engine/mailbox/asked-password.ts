import type { MailboxState } from '../../protocol/entities.js';
import type { Trouble } from '../../store/errors/trouble.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { isWithoutToken } from '../responses/pass-failure.js';
import { saysTheSame } from './main-cause.js';

/** A wrong certificate fails for the whole endpoint (scope). No password mends that, or an application that gets no token. */
export function asksPassword(verdict: Pick<Verdict, 'kind' | 'scope' | 'rule'>): boolean {
  return verdict.kind === 'auth' && verdict.scope !== 'endpoint' && !isWithoutToken(verdict);
}

/**
 * The side whose password would let a mailbox go on that a former engine held, by its document; null: none would. The
 * document has no field for it.
 */
export function passwordAskedBefore(state: MailboxState, trouble: Trouble | null): Side | null {
  if (state.kind !== 'held' || trouble === null || !saysTheSame(state, trouble)) return null;
  return asksPassword(trouble.verdict) ? trouble.side : null;
}
