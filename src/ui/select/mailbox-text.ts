import type { MailboxEntity } from '../../protocol/entities.js';
import { stateReason, stateWord } from './states.js';

/** A mailbox in one line, for copying, saving and tickets. */
export function mailboxLine(mailbox: MailboxEntity): string {
  const { email, state, counts, errors } = mailbox;
  const reason = stateReason(mailbox);
  const { total, copied, matched, skipped, outside, failed, vanished, left } = counts;
  return [
    email,
    stateWord(state.kind) + (reason === '' ? '' : `: ${reason}`),
    `messages ${total}, copied ${copied}, there already ${matched}, skipped ${skipped},${outside > 0 ? ` left out by date ${outside},` : ''} failed ${failed}, vanished ${vanished}, left ${left}`,
    `errors ${errors}`,
  ].join('\t');
}
