import type { Verdict } from '../../words/verdict.js';

/**
 * Whether a refusal that speaks of the whole server (`NO [UNAVAILABLE]`) may be due to the one thing that was asked
 * for: a fault is, at times; a limit, a login or a freeze never is.
 */
export function mayBeOfOne({ kind, waitSeconds }: Verdict): boolean {
  return (kind === 'transient' || kind === 'server-bug') && waitSeconds === 0;
}
