import type { Decisions } from '../../store/decisions/decisions.js';
import type { Decision, MovedAway } from '../../store/decisions/decisions-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { scanMessages } from '../imap/commands/scan.js';
import { setsOf } from '../imap/commands/uid-windows.js';
import { isDeletedFlag } from '../imap/grammar/flags.js';
import type { MailboxAtDestination } from './mailbox-at-destination.js';

/**
 * Ends earlier quarantines of a mailbox that were broken off between a command and its write to the disk: what still
 * stands where it stood was not moved, and is no part of what they moved. So a later quarantine may move it, and
 * each is undone by itself.
 *
 * @throws Refused, ConnectionLost
 */
export async function settleBroken(mailbox: MailboxAtDestination, decisions: Decisions, id: string): Promise<void> {
  for (const decision of decisions.all) {
    if (decision.action.do !== 'quarantine') continue;
    const broken = brokenParts(decision, id);
    if (broken.size === 0) continue;
    const moved: MovedAway[] = [];
    for (const one of decision.action.moved)
      moved.push(broken.has(one.part) ? { ...one, messages: await movedOf(mailbox, one) } : one);
    decisions.replace({
      ...decision,
      action: { ...decision.action, moved },
      scope: decision.scope.map((part, at) => (broken.has(at) ? { ...part, state: 'done' as const } : part)),
    });
    await decisions.save();
  }
}

/** Positions of the parts in which something was begun and nothing was ended. */
function brokenParts({ action, scope }: Decision, mailbox: string): ReadonlySet<number> {
  const moved = action.do === 'quarantine' ? action.moved : [];
  const begun = new Set(moved.map(({ part }) => part));
  return new Set(
    scope.flatMap((part, at) => (part.mailbox === mailbox && part.state === 'taken' && begun.has(at) ? [at] : [])),
  );
}

/** Messages that have left their place, or have the mark with which a copy leaves its original. */
async function movedOf(
  mailbox: MailboxAtDestination,
  { folder, uidValidity, way, messages }: MovedAway,
): Promise<MovedAway['messages']> {
  const { desk } = mailbox;
  const home = mailbox.wireOf(folder);
  if (home === null || (await desk.reopen(home)).uidValidity !== uidValidity) return messages;
  const stays = new UidSet();
  for (const set of setsOf(UidSet.from(messages.map(([, from]) => from))))
    await scanMessages(desk, home, set, 'sizes, dates and flags', ({ uid, flags = [] }) => {
      if (way === 'MOVE' || !flags.some(isDeletedFlag)) stays.add(uid);
    });
  return messages.filter(([, from]) => !stays.has(from));
}
