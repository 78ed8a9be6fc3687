import type { DecisionEntity, Morning, MorningLine } from '../../protocol/answers.js';
import type { Instant } from '../../protocol/entities.js';
import type { Looked } from '../../store/decisions/decisions-document.js';
import { plural } from '../../words/units.js';

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
    .map(({ id, text, standing }) => ({
      tone: 'new' as const,
      text: `decision ${id}: ${text}: ${standing}`,
      leads: { to: 'decisions' as const },
    }));
}

function goodOf(looked: Looked | null, now: Counted, mailboxes: number): MorningLine[] {
  const copied = now.copied - (looked?.copied ?? 0);
  const synced = now.synced - (looked?.synced ?? 0);
  const lines: MorningLine[] = [];
  if (synced > 0)
    lines.push({
      tone: 'good',
      text: `${plural(synced, 'mailbox is', 'mailboxes are')} in step now, ${now.synced} of ${mailboxes} in all`,
      leads: { to: 'night' },
    });
  if (copied > 0)
    lines.push({ tone: 'good', text: `${plural(copied, 'message', 'messages')} copied`, leads: { to: 'night' } });
  return lines;
}
