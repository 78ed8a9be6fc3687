import type { MailboxData } from '../../store/mailbox/mailbox-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Clock } from '../../words/clock.js';
import { LONGEST } from '../imap/connection/silence-limits.js';
import type { Inquiry } from '../isolate/inquiry.js';

type Kept = Pick<MailboxData, 'unanswered'>;
type Times = Pick<Clock, 'now' | 'monotonic'>;

/**
 * Notes which messages may be stored still, and until when, so that a kill does not let the next engine send them too
 * soon. On disk there is only the clock of the wall.
 */
export function keepUnanswered(data: Kept, inquiry: Inquiry, clock: Times): void {
  const left = inquiry.sent.storedBy - clock.monotonic();
  const messages = [...inquiry.held].map(([folder, uids]) => ({ folder, uids: uids.toString() }));
  if (left <= 0 || messages.length === 0) delete data.unanswered;
  else data.unanswered = { until: clock.now() + left, messages };
}

/** Takes up what an engine before this one waited for: never longer than a message may take, wherever the clock was set. */
export function takeUpUnanswered({ unanswered }: Kept, inquiry: Inquiry, clock: Times): void {
  const left = Math.min(LONGEST, (unanswered?.until ?? 0) - clock.now());
  if (unanswered === undefined || left <= 0 || inquiry.sent.storedBy > 0) return;
  for (const { folder, uids } of unanswered.messages)
    inquiry.suspectsIn(folder).suspect('destination', [...UidSet.parse(uids)], null);
  inquiry.sent.waitsUntil(clock.monotonic() + left);
}
