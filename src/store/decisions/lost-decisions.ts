import type { MailboxRecord } from '../mailbox/mailbox.js';
import type { Decisions } from './decisions.js';

/**
 * Finds mailboxes that have followed decisions which are gone: decisions.json was deleted, or an older copy was put in
 * its place.
 *
 * @returns what an operator should know, in one line; null: nothing was lost
 */
export function lostDecisions(decisions: Decisions, records: Iterable<MailboxRecord>): string | null {
  let lastFollowed = 0;
  for (const { data } of records) lastFollowed = Math.max(lastFollowed, data.decided);
  if (!decisions.followed(lastFollowed)) return null;
  const there = decisions.last === 0 ? 'holds no decision' : `ends with decision ${decisions.last}`;
  return `${decisions.path} ${there}, but mailboxes have followed decision ${lastFollowed}: later ones were lost. Messages that they skipped are tried again; decide about them again, or put a good copy in its place`;
}
