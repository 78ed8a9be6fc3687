import { isMoving, type MailboxEntity, type MailboxState, needsOperator } from '../../protocol/entities.js';
import { needsOf } from '../../protocol/needs.js';

/**
 * Mailboxes at work and mailboxes that come back by themselves: those that move come first, then the others by their
 * start.
 */
export function atWork(mailboxes: readonly MailboxEntity[]): readonly MailboxEntity[] {
  return mailboxes
    .filter(({ state }) => isMoving(state.kind) || state.kind === 'backing-off' || state.kind === 'paused')
    .sort((a, b) => workRank(a.state) - workRank(b.state) || startOf(a) - startOf(b));
}

const RANKS: Readonly<Record<MailboxState['kind'], number>> = {
  held: 0,
  copying: 1,
  verifying: 1,
  scanning: 1,
  connecting: 1,
  'backing-off': 2,
  paused: 3,
  stopped: 4,
  queued: 6,
  incomplete: 7,
  synced: 7,
  completed: 7,
  'given-up': 8,
};

/**
 * All mailboxes, those that need somebody first, in the order of the list of needs; then at work, resting, paused,
 * stopped, waiting, done, given up. Linear in the number of those that need nobody.
 */
export function byAttention(mailboxes: readonly MailboxEntity[]): readonly MailboxEntity[] {
  const ranks: MailboxEntity[][] = [];
  for (const mailbox of mailboxes) {
    const rank = attentionRank(mailbox);
    const same = ranks[rank];
    if (same) same.push(mailbox);
    else ranks[rank] = [mailbox];
  }
  // No mailbox may be of a rank: `slice` and `flat` step over it.
  return [...needsOf(ranks[0] ?? []).flatMap((need) => need.mailboxes), ...ranks.slice(1).flat()];
}

export function attentionRank(mailbox: MailboxEntity): number {
  return needsOperator(mailbox) ? 0 : RANKS[mailbox.state.kind];
}

function workRank(state: MailboxState): number {
  return RANKS[state.kind];
}

function startOf({ startedAt }: MailboxEntity): number {
  return startedAt ?? Number.MAX_SAFE_INTEGER;
}
