import type { Verdict } from '../../../words/verdict.js';

/**
 * Whether a refusal that speaks of the whole server (`NO [UNAVAILABLE]`) may be caused by the one message or folder that
 * was asked for. A fault of the server may be. A limit, a login or a freeze never is.
 */
export function mayBeOfOne({ kind, waitSeconds }: Verdict): boolean {
  return (kind === 'transient' || kind === 'server-bug') && waitSeconds === 0;
}

/** Commands that open a folder, or tell how it stands. */
const OPENS: ReadonlySet<string> = new Set(['EXAMINE', 'SELECT', 'STATUS']);

/** Whether a limit may be one of the folder that was to be opened, where its side opens others right after. */
export function mayBeOfFolder({ kind, scope, waitSeconds }: Verdict, command: string): boolean {
  const isLimit = (kind === 'throttled' || kind === 'quota') && scope === 'mailbox';
  return isLimit && waitSeconds === 0 && OPENS.has(command);
}

/**
 * Whether a refusal to give messages may be caused by those that were asked for, where the source gives others at the same
 * time. `LIMIT` (RFC 5530) is the limit of an operation as well as one of the account: the others tell which.
 */
export function mayBeOfAsked(verdict: Verdict): boolean {
  return mayBeOfOne(verdict) || (verdict.code === 'LIMIT' && verdict.kind === 'throttled' && verdict.waitSeconds === 0);
}

/**
 * Whether a refusal to read many messages may be caused by some of them, so that asking for parts gets the others. A limit,
 * a login, a freeze or a named wait concerns all of them: Nightferry obeys it and does not ask for parts.
 */
export function mayBeOfSome(verdict: Verdict): boolean {
  if (verdict.waitSeconds > 0) return false;
  const isOfMessages = verdict.scope === 'message' || verdict.kind === 'missing' || verdict.kind === 'corruption';
  return isOfMessages || mayBeOfOne(verdict);
}
