import type { BatchEntity } from '../../protocol/entities.js';
import type { Side } from '../../words/side.js';
import { plural } from '../../words/units.js';

type Places = Pick<BatchEntity, Side | 'endpoints'>;

/** `3 mailboxes from imaps://mail.old.example:993 and 2 more to imaps://mail.new.example:993` */
export function placesText(batch: Places & Pick<BatchEntity, 'mailboxes'>): string {
  const what = plural(batch.mailboxes, 'mailbox', 'mailboxes');
  return `${what} from ${placeText(batch, 'source')} to ${placeText(batch, 'destination')}`;
}

function placeText({ endpoints, ...batch }: Places, side: Side): string {
  const more = endpoints[side].length - 1;
  return more > 0 ? `${batch[side]} and ${more} more` : batch[side];
}
