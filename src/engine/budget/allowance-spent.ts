import type { Instant } from '../../protocol/entities.js';
import type { AllowanceReason } from '../../words/reason.js';

/** A message more would be more than a server allows in a day: the mailbox rests until the allowance is renewed. */
export class AllowanceSpent extends Error {
  override readonly name = 'AllowanceSpent';
  constructor(
    readonly because: AllowanceReason,
    readonly until: Instant,
  ) {
    super(`the allowance of the ${because.side} is used up`);
  }
}
