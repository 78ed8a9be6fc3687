import type { DecisionPreview } from '../../../../protocol/answers.js';
import type { MailboxEntity } from '../../../../protocol/entities.js';
import type { Side } from '../../../../words/side.js';
import type { Field } from '../../../components/form.js';
import type { ConsoleModel } from '../../../model/console-model.js';

/** A new password of a mailbox that asks for one. */
export interface Login {
  /** Id of the mailbox. */
  readonly mailbox: string;
  readonly email: string;
  readonly side: Side;
  /** '': the one that it has is tried again. */
  readonly secret: string;
}

/** Logins that are asked for at once: more would not fit. */
const MOST = 5;

/** Mailboxes that a release would let go on and that wait for a password. */
export function asking({ releases }: DecisionPreview, mailboxes: readonly MailboxEntity[]): readonly MailboxEntity[] {
  const released = new Set(releases);
  return mailboxes.filter(({ email, asksPassword }) => asksPassword !== null && released.has(email));
}

export function loginFields(mailboxes: readonly MailboxEntity[]): readonly Field[] {
  return mailboxes.slice(0, MOST).map(({ id, email, asksPassword }) => ({
    kind: 'hidden',
    id,
    label: email,
    initial: '',
    hint: `new password of the ${asksPassword}`,
  }));
}

/** How many more ask than there are fields for. */
export function moreLogins(mailboxes: readonly MailboxEntity[]): number {
  return Math.max(0, mailboxes.length - MOST);
}

/** @param secretOf  the password of a mailbox, by its id */
export function loginsOf(mailboxes: readonly MailboxEntity[], secretOf: (id: string) => string): readonly Login[] {
  return mailboxes.flatMap(({ id, email, asksPassword }) =>
    asksPassword === null ? [] : [{ mailbox: id, email, side: asksPassword, secret: secretOf(id) }],
  );
}

/** Gives the engine passwords, one after the other. @returns why one was refused, or null */
export async function giveLogins(
  model: Pick<ConsoleModel, 'command'>,
  logins: readonly Login[],
): Promise<string | null> {
  for (const { mailbox, side, email, secret } of logins) {
    if (secret === '') continue;
    const given = await model.command({ do: 'password', mailbox, side, secret });
    if (!given.ok) return `${email}: ${given.why}`;
  }
  return null;
}
