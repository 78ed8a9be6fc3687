import type { Outgoing } from '../../imap/commands/append.js';
import type { Target } from './append-target.js';
import { isKeyword } from './keywords.js';

/** Rules of the classifier by which an APPEND was refused for its flags. */
export const REFUSED_FOR_FLAGS: ReadonlySet<string> = new Set(['write-flag', 'cannot-flag', 'limit-flags']);

/** The message with its system flags alone (RFC 9051 section 2.3.2); null where it has no others. */
export function withoutKeywords(message: Outgoing): Outgoing | null {
  const flags = message.flags.filter((flag) => !isKeyword(flag));
  return flags.length < message.flags.length ? { ...message, flags } : null;
}

export function notingKeywords(target: Target, { uid, flags }: Outgoing): Target {
  return {
    ...target,
    onStored: (stored, unreadable) => {
      target.onKeywordsDropped(uid, flags);
      target.onStored(stored, unreadable);
    },
  };
}
