import type { DecisionEntity, Morning, MorningLine } from '../../protocol/answers.js';
import type { Instant } from '../../protocol/entities.js';
import type { Looked } from '../../store/decisions/decisions-document.js';

/** How a batch stands, in numbers that only grow or tell a difference. */
export interface Counted {
  readonly copied: number;
  readonly synced: number;
  readonly failed: number;
}

export interface NightSoFar {
  /** How it stood when an operator last looked; null: nobody did. */
  readonly looked: Looked | null;
  readonly startedAt: Instant;
  readonly now: Counted;
  readonly mailboxes: number;
  readonly decisions: readonly DecisionEntity[];
}

/**
 * Events since an operator last looked, besides the mailboxes that need somebody: those stand in the mailboxes
 * themselves (`needs.ts` of the protocol), and are shown for as long as they are open. Pure.
 */
export function morningOf({ looked, startedAt, now, mailboxes, decisions }: NightSoFar): Morning {
  return { since: looked?.at ?? startedAt, lines: [...trialsOf(decisions), ...goodOf(looked, now, mailboxes)] };
}

/** Trials that an operator ordered and that did not go as hoped. */
function trialsOf(decisions: readonly DecisionEntity[]): MorningLine[] {
  return decisions
    .filter(({ outcome }) => outcome === 'refused again')
    .map((decision) => ({ kind: 'refused again', decision }));
}

function goodOf(looked: Looked | null, now: Counted, mailboxes: number): MorningLine[] {
  const copied = now.copied - (looked?.copied ?? 0);
  const synced = now.synced - (looked?.synced ?? 0);
  return [
    ...(synced > 0 ? [{ kind: 'in step', since: synced, now: now.synced, of: mailboxes } as const] : []),
    ...(copied > 0 ? [{ kind: 'copied', messages: copied } as const] : []),
  ];
}
