import type { MailboxEntity } from '../../protocol/entities.js';
import { settled } from '../../protocol/figures.js';
import type { Amount } from '../budget/rolling-day.js';
import type { Middling } from './expected.js';

/** The mail that is still to be moved of a mailbox; one that nobody looked into is taken for a middling one. */
export function leftOf({ expected, counts, bytesLeft }: MailboxEntity, { messages, bytesEach }: Middling): Amount {
  if (expected === null) return { messages, bytes: messages * (bytesEach ?? 0) };
  const done = settled(counts);
  const bytes = expected.bytes + Math.max(0, expected.messages - expected.weighed) * (bytesEach ?? 0);
  return {
    messages: Math.max(0, expected.messages - done),
    bytes: Math.max(0, bytes - (counts.bytesTotal - bytesLeft)),
  };
}
