import type { BatchEntity } from '../../protocol/entities.js';
import type { Side } from '../../words/side.js';

/** `imaps://mail.old.example:993`, or that ` and 2 more`. */
export function placesText({ endpoints, ...batch }: Pick<BatchEntity, Side | 'endpoints'>, side: Side): string {
  const more = endpoints[side].length - 1;
  return more > 0 ? `${batch[side]} and ${more} more` : batch[side];
}
