import type { MailboxEntity } from '../../protocol/entities.js';
import { textFilter } from '../text/filter-text.js';
import { stateReason, stateWord } from './states.js';

/** The text of a mailbox that `/` searches: name, state, folder, reason, last response, `errors` where it has some. */
function mailboxText(mailbox: MailboxEntity): string {
  const { email, state, folder, errors, lastResponse } = mailbox;
  return [
    email,
    stateWord(state.kind),
    folder ?? '',
    stateReason(mailbox),
    lastResponse?.text ?? '',
    errors > 0 ? 'errors' : '',
  ].join('\n');
}

export function filterMailboxes(mailboxes: readonly MailboxEntity[], text: string): readonly MailboxEntity[] {
  if (text.trim() === '') return mailboxes;
  const { matches } = textFilter(text);
  return mailboxes.filter((mailbox) => matches(mailboxText(mailbox)));
}
