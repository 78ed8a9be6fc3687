import type { MailboxState } from '../../protocol/entities.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import { placesOf } from '../decisions/decision-parts.js';
import { sanitise } from '../responses/sanitise.js';
import { named } from './about.js';

/** A mailbox of the plan, as a decision names it. */
export interface NamedMailbox {
  readonly id: string;
  readonly email: string;
}

/** Names that a decision lists; of more it says how many. */
const NAMED = 3;
const LONGEST_REASON = 2_000;

/**
 * The state of a mailbox that operators gave up, by the last decision about it that stands; null: it was not, or that
 * was undone. The decisions say so and no other document does: an engine that dies in between changes nothing about it.
 *
 * @param decisions  oldest first
 */
export function givenUpBy(
  decisions: readonly Decision[],
  mailbox: string,
): Extract<MailboxState, { kind: 'given-up' }> | null {
  for (const decision of decisions.toReversed()) {
    const { action, at, by, scope } = decision;
    if (action.do !== 'give-up') continue;
    const stands = placesOf(decision, mailbox).some((i) => scope[i]?.state !== 'undone');
    if (stands) return { kind: 'given-up', at, by: named(by), reason: sanitise(action.why, LONGEST_REASON) };
  }
  return null;
}

/** The decision to give up these mailboxes. */
export function giveUp(mailboxes: readonly NamedMailbox[], why: string): Omit<Decision, 'id' | 'at' | 'by'> {
  return {
    about: namesOf(mailboxes),
    action: { do: 'give-up', why },
    scope: mailboxes.map(({ id }) => ({
      mailbox: id,
      folder: null,
      uidValidity: null,
      uids: '',
      entry: null,
      state: 'done',
    })),
  };
}

function namesOf(mailboxes: readonly NamedMailbox[]): string {
  const names = mailboxes.slice(0, NAMED).map(({ email }) => email);
  const more = mailboxes.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
