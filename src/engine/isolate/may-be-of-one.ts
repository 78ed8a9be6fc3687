import type { Verdict } from '../../words/verdict.js';

/**
 * Whether a refusal that speaks of the whole server (`NO [UNAVAILABLE]`) may be due to the one thing that was asked
 * for: a fault is, at times; a limit, a login or a freeze never is.
 */
export function mayBeOfOne({ kind, waitSeconds }: Verdict): boolean {
  return (kind === 'transient' || kind === 'server-bug') && waitSeconds === 0;
}

/**
 * Whether a refusal to read many messages may be due to some of them, so that the others come when they are asked for in
 * parts. A limit, a login, a freeze or a wait that the server names is of all of them: it is obeyed, and not asked around.
 */
export function mayBeOfSome(verdict: Verdict): boolean {
  if (verdict.waitSeconds > 0) return false;
  const isOfMessages = verdict.scope === 'message' || verdict.kind === 'missing' || verdict.kind === 'corruption';
  return isOfMessages || mayBeOfOne(verdict);
}
