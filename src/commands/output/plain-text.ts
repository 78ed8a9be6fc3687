import type { MailboxEntity, MailboxState } from '../../protocol/entities.js';
import { endedOpen } from '../../ui/select/states.js';
import { reasonText } from '../../words/reason-text.js';
import { showTime } from '../../words/times.js';
import { plural } from '../../words/units.js';

/** A mailbox's state in a few words. */
export function showState(state: MailboxState): string {
  switch (state.kind) {
    case 'backing-off':
      return `backing off until ${showTime(state.until)}: ${reasonText(state.because)}`;
    case 'held':
    case 'incomplete':
      return `${state.kind}: ${reasonText(state.because)}`;
    case 'queued':
      return state.startsAt === null ? 'queued' : `queued until ${showTime(state.startsAt)}`;
    default:
      return state.kind;
  }
}

/** The same of a mailbox: one that went through and left mail behind is not simply `synced`. */
export function showStateOf(mailbox: MailboxEntity): string {
  const { state, counts } = mailbox;
  const isOpen = (state.kind === 'synced' || state.kind === 'completed') && endedOpen(mailbox);
  if (!isOpen) return showState(state);
  const lost = counts.failed + counts.left;
  return lost > 0 ? `ended: ${plural(lost, 'message is', 'messages are')} not copied` : 'ended: failures are open';
}
