import type { MailboxOrder } from '../../store/batch/batch.js';
import type { Look } from '../../store/looks/looks.js';

/** Bytes of a message, where a server tells how many there are and not how large they are. */
const A_MESSAGE = 75_000;

/** The rank of a mailbox among those that wait for their first start, the greatest first; null: nobody knows. */
export function rankOf(
  order: Exclude<MailboxOrder, 'plan'>,
  look: Pick<Look, 'messages' | 'bytes' | 'newest'> | null,
): number | null {
  if (look === null) return null;
  switch (order) {
    case 'size':
      return look.bytes ?? look.messages * A_MESSAGE;
    case 'newest':
      return look.newest;
  }
}
