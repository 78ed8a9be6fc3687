import type { MailboxEntity, MailboxState } from '../../protocol/entities.js';
import { endedOpen } from '../../ui/select/states.js';
import { reasonText } from '../../words/reason-text.js';
import { showTime } from '../../words/times.js';
import { plural } from '../../words/units.js';

/**
 * Text that may come from a server, made harmless once more where it leaves for a terminal: control
 * characters (C0, DEL, C1) and bidirectional overrides show as a question mark.
 */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '?');
}

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
