import { isLike } from '../../../engine/decisions/filter.js';
import type { Batch } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';

/**
 * A mailbox that the batch does not have is a slip, and not a search that finds nothing; a pattern may find none.
 *
 * @throws BadInput  naming it
 */
export function checkMailboxes(given: readonly string[], { name, mailboxes }: Pick<Batch, 'name' | 'mailboxes'>): void {
  const known = new Set(mailboxes.map(({ email }) => email.toLowerCase()));
  for (const one of given) {
    if (one.includes('*') || known.has(one.toLowerCase())) continue;
    throw new BadInput(`the batch ${name} has no mailbox ${one}; \`nightferry status ${name}\` lists them`);
  }
}

/** The mailboxes of a batch that have one of these addresses; `*` stands for any text. In the order of the plan. */
export function matchingMailboxes(
  given: readonly string[],
  { mailboxes }: Pick<Batch, 'mailboxes'>,
): Batch['mailboxes'] {
  const patterns = given.map((one) => one.toLowerCase().split('*'));
  return mailboxes.filter(({ email }) => patterns.some((pattern) => isLike(email.toLowerCase(), pattern)));
}
