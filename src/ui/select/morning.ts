import type { Morning, MorningLine } from '../../protocol/answers.js';
import type { Instant, MailboxEntity } from '../../protocol/entities.js';
import type { Need } from '../../protocol/needs.js';
import { decidedText, standingText } from '../../words/decided-text.js';
import { plural } from '../../words/units.js';

/** Milliseconds since an operator looked, within which nothing is new to them. */
const SHORTLY = 600_000;

/** Whether the morning is shown before anything else: something is open, or something happened while nobody looked. */
export function isNews({ since, lines }: Morning, needs: number, now: Instant): boolean {
  return (needs > 0 || lines.length > 0) && now - since > SHORTLY;
}

/** A row of the morning: first what is open, then what happened, then what was given up. */
export type MorningRow =
  | { readonly kind: 'need'; readonly id: string; readonly need: Need }
  | { readonly kind: 'news'; readonly id: string; readonly line: MorningLine }
  | { readonly kind: 'given up'; readonly id: string; readonly mailbox: MailboxEntity };

export function morningRows(
  needs: readonly Need[],
  lines: readonly MorningLine[],
  givenUp: readonly MailboxEntity[],
): readonly MorningRow[] {
  return [
    ...needs.map((need): MorningRow => ({ kind: 'need', id: need.key, need })),
    ...lines.map((line, index): MorningRow => ({ kind: 'news', id: `news ${index}`, line })),
    ...givenUp.map((mailbox): MorningRow => ({ kind: 'given up', id: `given up ${mailbox.id}`, mailbox })),
  ];
}

/** An event in one line. */
export function newsText(line: MorningLine): string {
  switch (line.kind) {
    case 'refused again':
      return `decision ${line.decision.id}: ${decidedText(line.decision)}: ${standingText(line.decision)}`;
    case 'in step':
      return `${plural(line.since, 'mailbox is', 'mailboxes are')} in step now, ${line.now} of ${line.of} in all`;
    case 'copied':
      return `${plural(line.messages, 'message')} copied`;
  }
}
