import type { MessageInTransfer, Rate } from '../../protocol/entities.js';
import { showTimer } from '../../words/times.js';
import { showByteRate, showBytes, showPercent, showRate } from '../../words/units.js';

/** `3.4/s  60 kB/s`. Where bytes move and no message has ended, only the bytes: nothing that moves is shown as 0/s. */
export function paceText({ messages, bytes }: Rate): string {
  if (messages === 0 && bytes > 0) return showByteRate(bytes);
  return `${showRate(messages)}  ${showByteRate(bytes)}`;
}

/** The pace in less room: messages or bytes. */
export function shortPaceText({ messages, bytes }: Rate): string {
  return messages === 0 && bytes > 0 ? showByteRate(bytes) : showRate(messages);
}

/** `12.3 MB message, 48%, 1:40 left`. All of a message may have been sent before the destination answers. */
export function messageText({ bytes, moved, left }: MessageInTransfer): string {
  const size = `${showBytes(bytes)} message`;
  if (moved >= bytes) return `${size}, sent, not stored yet`;
  const rest = left === null || left < 1000 ? '' : `, ${showTimer(left)} left`;
  return `${size}, ${showPercent(moved, bytes)}${rest}`;
}
