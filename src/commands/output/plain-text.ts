import type { MailboxState } from '../../protocol/entities.js';
import { reasonText } from '../../words/reason-text.js';
import { showTime } from '../../words/times.js';

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
