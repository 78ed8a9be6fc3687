import type { MailboxEntity } from '../../protocol/entities.js';
import { plural } from '../../words/units.js';

/** The most mailboxes that are named. */
const MOST_NAMED = 5;

/** Reminds of passwords that an operator typed: the plan is read again at the next run, and still has the old ones. */
export function typedPasswordLines(mailboxes: readonly Pick<MailboxEntity, 'email' | 'typedPasswords'>[]): string[] {
  const typed = mailboxes.flatMap(({ email, typedPasswords }) => typedPasswords.map((side) => `${email} (${side})`));
  if (typed.length === 0) return [];
  const more = typed.length - MOST_NAMED;
  const named = `${typed.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    `the plan's password was refused or missing, and ${plural(typed.length, 'password')} that you typed ${typed.length === 1 ? 'was' : 'were'} taken: ${named}. Correct the plan before the next run`,
  ];
}
