import { type Counts, isThrough, type MailboxEntity, needsOperator } from '../../protocol/entities.js';
import { plural, showBytes, showCount } from '../../words/units.js';
import { harmless, showState } from './plain-text.js';
import { type TableColumn, table } from './table.js';

/** More rows than this help nobody at the end of a run; what is unfinished comes first. */
const MOST_ROWS = 60;

const TITLES: readonly TableColumn[] = [
  { title: 'MAILBOX', align: 'left' },
  ...['MESSAGES', 'COPIED', 'MATCHED', 'SKIPPED', 'FAILED', 'VANISHED', 'LEFT', 'SIZE', 'ERRORS'].map(
    (title): TableColumn => ({ title, align: 'right' }),
  ),
  { title: 'STATE', align: 'left' },
];

/** Mailboxes as a table, those that need somebody first, and a line of sums where there are several. */
export function summaryTable(mailboxes: readonly MailboxEntity[], sum: Counts, errors: number): string[] {
  const sorted = mailboxes.toSorted((a, b) => urgency(b) - urgency(a));
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map((one) => [harmless(one.email), ...numbers(one.counts, one.errors), harmless(showState(one.state))]);
  if (mailboxes.length > 1) rows.push(['TOTAL', ...numbers(sum, errors), '']);
  const lines = table(TITLES, rows);
  const unseen = sorted.length - MOST_ROWS;
  if (unseen > 0)
    lines.push(
      `and ${plural(unseen, 'further mailbox', 'further mailboxes')}: nightferry status NAME --json lists all`,
    );
  return lines;
}

function numbers(counts: Counts, errors: number): string[] {
  const { total, copied, matched, skipped, failed, vanished, left, bytesTotal } = counts;
  return [
    ...[total, copied, matched, skipped, failed, vanished, left].map(showCount),
    showBytes(bytesTotal),
    showCount(errors),
  ];
}

function urgency(mailbox: MailboxEntity): number {
  if (mailbox.state.kind === 'held') return 5;
  if (needsOperator(mailbox)) return 4;
  if (mailbox.errors > 0 || mailbox.counts.failed > 0) return 3;
  if (mailbox.counts.left > 0) return 2;
  return isThrough(mailbox) ? 0 : 1;
}
