import type { Outgoing } from '../../imap/commands/append.js';
import { isKeyword } from '../../imap/grammar/flags.js';
import type { Target } from './append-target.js';

/** The message with its system flags alone (RFC 9051 section 2.3.2); null: it has no keywords. */
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
