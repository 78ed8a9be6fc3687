import type { ErrorEntryEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import { adviceText } from '../../words/advice/advice-text.js';
import { plural, showCount } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { type TableColumn, table } from './table.js';

const COLUMNS: readonly TableColumn[] = [
  { title: 'WHAT', align: 'left' },
  { title: 'MAILBOXES', align: 'right' },
  { title: 'SIDE', align: 'left' },
  { title: 'CAUSE', align: 'left' },
  { title: 'WHAT TO DO', align: 'left' },
];

/**
 * A line for each group of failures: how much, whose, why, and what to do.
 *
 * @param typed  the batch as it is typed after a command
 * @param width  columns of the terminal, to which the advice is cut; null: it is whole
 */
export function errorsPage(
  groups: readonly ErrorGroupEntity[],
  { typed, width }: { readonly typed: string; readonly width: number | null },
): string[] {
  const rows = groups.map((group) =>
    [affected(group), showCount(group.mailboxes), group.side ?? 'both', causeOf(group), adviceOf(group, typed)].map(
      harmless,
    ),
  );
  return table(COLUMNS, rows, width);
}

/** `7 messages, 60 folders`, `2 second copies`, `3 failures`: what a group is about. */
export function affected(group: ErrorGroupEntity): string {
  const { messages, failures, skipped, doubled } = group;
  const parts = [
    ...(messages > 0 ? [plural(messages, 'message')] : []),
    ...(doubled > 0 ? [plural(doubled, 'second copy', 'second copies')] : []),
    ...(failures > 0 && doubled === 0 ? [plural(failures, withoutMessage(group.entries))] : []),
    ...(skipped > 0 ? [`${plural(skipped, 'message')} skipped`] : []),
  ];
  return parts.join(', ');
}

/** Failures of no message, in words. They are about folders where each names one; a refused login names none. */
function withoutMessage(entries: readonly ErrorEntryEntity[]): string {
  const without = entries.filter(({ uids, skipped }) => uids === '' && skipped === 0);
  return without.length > 0 && without.every(({ folder }) => folder !== null) ? 'folder' : 'failure';
}

const PREFIX = { open: '', skipped: 'skipped: ', settled: 'noted: ' } as const;

export function causeOf({ standing, code, kind, doubled }: ErrorGroupEntity): string {
  return `${PREFIX[standing]}${doubled > 0 ? 'doubles' : (code ?? '(no code)')}, ${kind}`;
}

/** The advice that most of its failures have. */
function adviceOf({ standing, entries }: ErrorGroupEntity, typed: string): string {
  if (standing === 'skipped') return '-';
  const often = new Map<string, number>();
  for (const { verdict } of entries) {
    const text = adviceText(verdict.advice, typed);
    often.set(text, (often.get(text) ?? 0) + 1);
  }
  const [most] = [...often].toSorted(([, a], [, b]) => b - a);
  return most?.[0] || (standing === 'settled' ? adviceText({ key: 'nothing' }, typed) : '-');
}
