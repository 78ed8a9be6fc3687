import type { PlannedChange, PlannedMailbox, RehearsalEntity } from '../../protocol/rehearsal-entity.js';
import type { Rehearsed } from './rehearsed.js';
import type { Change } from './what-helps.js';

/** The most mailboxes of an answer, which is one line over the socket and has a largest length. */
const MAILBOXES = 5_000;
const STRETCHES = 10_000;
/** The most stretches of a mailbox. It is drawn as one bar. */
const STRETCHES_EACH = 24;

/** A rehearsal as consoles get it. @param leftOut  mailboxes that do not go on by themselves, by reason */
export function rehearsalEntity(
  { rehearsal, sorted, helps }: Rehearsed,
  leftOut: RehearsalEntity['leftOut'],
): RehearsalEntity {
  const { from, by, doneBy, end, pace, mailboxes } = rehearsal;
  const shown = mailboxes.slice(0, MAILBOXES);
  const each = Math.min(STRETCHES_EACH, Math.floor(STRETCHES / Math.max(1, shown.length)));
  return {
    ...{ from, by, doneBy, end, leftOut },
    done: sorted.done,
    played: mailboxes.length,
    pace: pace.origin.kind,
    helps: helps.map((help) => ({ ...help, change: changeOf(help.change) })),
    mailboxes: shown.map(
      ({ load, stretches, doneAt }): PlannedMailbox => ({
        id: load.row.id,
        stretches: stretches.slice(0, each),
        doneAt,
      }),
    ),
  };
}

function changeOf(change: Change): PlannedChange {
  return change.key === 'these earlier' ? { ...change, mailboxes: change.mailboxes.length } : change;
}
