import type { EngineEvent } from './events.js';
import { LONGEST_LINE } from './line-reader.js';
import type { Reply } from './socket-messages.js';

/** One message as a line of the socket. */
export function line(reply: Reply): string {
  return `${JSON.stringify(reply)}\n`;
}

/**
 * An event as a line of at most {@link LONGEST_LINE} bytes. A mailbox of many thousand folders does not fit. Folders
 * with something left or failed go first, and the rest is left out; the sum still counts them.
 */
export function eventLine(event: EngineEvent): string {
  const whole = line({ event });
  if (event.type !== 'mailbox' || Buffer.byteLength(whole) <= LONGEST_LINE) return whole;
  const ranked = event.mailbox.folders.toSorted(
    (a, b) => b.counts.left + b.counts.failed - (a.counts.left + a.counts.failed),
  );
  const share = LONGEST_LINE / 2 / Buffer.byteLength(whole);
  const folders = ranked.slice(0, Math.floor(ranked.length * share));
  const cut = line({ event: { type: 'mailbox', mailbox: { ...event.mailbox, folders } } });
  if (Buffer.byteLength(cut) <= LONGEST_LINE) return cut;
  return line({ event: { type: 'mailbox', mailbox: { ...event.mailbox, folders: [] } } });
}
