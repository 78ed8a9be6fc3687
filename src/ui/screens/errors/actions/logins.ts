import type { DecisionPreview } from '../../../../protocol/answers.js';
import type { MailboxEntity } from '../../../../protocol/entities.js';
import type { Side } from '../../../../words/side.js';
import type { Field, Values } from '../../../components/form.js';

/** A new password that goes with a release. */
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

export function loginsOf(mailboxes: readonly MailboxEntity[], values: Values): readonly Login[] {
  return mailboxes.flatMap(({ id, email, asksPassword }) =>
    asksPassword === null ? [] : [{ mailbox: id, email, side: asksPassword, secret: values[id] ?? '' }],
  );
}
