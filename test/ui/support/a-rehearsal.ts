import type { MailboxEntity } from '../../../src/protocol/entities.js';
import type { PlannedMailbox, RehearsalEntity } from '../../../src/protocol/rehearsal-entity.js';
import { MINUTE, NOW } from './a-batch.js';

/** 06:00 UTC of that morning. */
export const SIX = NOW - (NOW % (24 * 60 * MINUTE)) + 360 * MINUTE;
/** So many work at once. */
const ROWS = 8;
const EACH = 35 * MINUTE;

/** A mailbox that waits until it works, and is done. Minutes are counted from now. */
export function aPlanned(id: string, starts: number, ends: number): PlannedMailbox {
  const [from, to] = [NOW + starts * MINUTE, NOW + ends * MINUTE];
  return {
    id,
    stretches: [
      ...(from > NOW ? [{ kind: 'waits', from: NOW, to: from, why: { key: 'place', concurrency: 20 } } as const] : []),
      { kind: 'works', from, to },
    ],
    doneAt: to,
  };
}

/** The night as it was played: eight at once, in the order of the list, 35 minutes each. */
export function aRehearsal(mailboxes: readonly MailboxEntity[], more: Partial<RehearsalEntity> = {}): RehearsalEntity {
  const going = mailboxes.filter(({ state }) => !['held', 'synced', 'incomplete', 'completed'].includes(state.kind));
  const planned = going.map(({ id }, at) => {
    const starts = (Math.floor(at / ROWS) * EACH) / MINUTE;
    return aPlanned(id, starts, starts + EACH / MINUTE);
  });
  const end = Math.max(...planned.map(({ doneAt }) => doneAt ?? 0));
  return {
    from: NOW,
    by: null,
    done: 0,
    played: planned.length,
    leftOut: [],
    doneBy: null,
    end: { middle: end, from: end - 20 * MINUTE, to: end + 40 * MINUTE },
    pace: 'measured',
    helps: [],
    mailboxes: planned,
    ...more,
  };
}
