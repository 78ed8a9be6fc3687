import { type Census, sumOfCensus } from '../../engine/check/census.js';
import type { Checked } from '../../engine/check/check-plan.js';
import { SEVERITIES, SEVERITY_OF } from '../../engine/check/finding.js';
import { type FindingGroup, groupFindings } from '../../engine/check/group-findings.js';
import type { Quota } from '../../engine/imap/commands/quota.js';
import { showTime } from '../../words/times.js';
import { plural, showBytes, showCount, UNKNOWN } from '../../words/units.js';
import { type TableColumn, table } from '../output/table.js';
import { harmless } from '../process/harmless.js';
import { detailsOf, wordsOf } from './finding-words.js';

/** `groups`: a line a group. `all`: each finding below its group, and the census of each mailbox. */
export type CheckDetail = 'groups' | 'all';

/** The report of a check, in lines. */
export function checkLines(checked: Checked, detail: CheckDetail, how: 'whole' | 'stopped'): readonly string[] {
  const groups = groupFindings(checked.findings);
  return [
    ...(detail === 'all' && checked.censuses.length > 0 ? censusTable(checked.censuses) : []),
    ...groups.flatMap((group) => groupLines(group, detail)),
    closing(checked, how),
  ].map(harmless);
}

function groupLines(group: FindingGroup, detail: CheckDetail): readonly string[] {
  const { kind, side, findings } = group;
  const where = [side, countsOf(group)].filter((part) => part !== null && part !== '').join(', ');
  const line = `${SEVERITY_OF[kind]}: ${foundIn(group)} (${where}): ${wordsOf(group).todo}`;
  if (detail === 'groups') return [line];
  return [
    line,
    ...findings.map(
      (one) => `  ${[one.mailbox ?? one.side ?? '', detailsOf(one)].filter((part) => part !== '').join(' · ')}`,
    ),
  ];
}

/** A group in words, with those of the server: it has one finding of a kind, and no rows of mailboxes below it. */
export function foundIn(group: FindingGroup): string {
  const told = group.mailboxes === 0 ? group.findings.flatMap((one) => one.told ?? []) : [];
  return [wordsOf(group).what, ...told].join(': ');
}

/** How many mailboxes and messages a group is about. */
export function countsOf({ mailboxes, messages }: FindingGroup): string {
  return [
    ...(mailboxes > 0 ? [plural(mailboxes, 'mailbox', 'mailboxes')] : []),
    ...(messages === null ? [] : [plural(messages, 'message')]),
  ].join(', ');
}

/** The columns of {@link censusRow}. */
export const CENSUS: readonly TableColumn[] = [
  { title: 'MAILBOX', align: 'left' },
  { title: 'FOLDERS', align: 'right' },
  { title: 'MESSAGES', align: 'right' },
  { title: 'SIZE', align: 'right' },
  { title: 'LARGEST', align: 'right' },
  { title: 'OLDEST', align: 'left' },
  { title: 'NEWEST', align: 'left' },
  { title: 'THERE', align: 'right' },
  { title: 'QUOTA THERE', align: 'right' },
];

const censusTable = (censuses: readonly Census[]) => table(CENSUS, censuses.map(censusRow));

/** The contents of a mailbox, in words. */
export function censusRow(census: Census): readonly string[] {
  const day = (at: number | null) => (at === null ? UNKNOWN : showTime(at).slice(0, 10));
  const { folders, messages, bytes, largest, oldest, newest, there } = sumOfCensus(census);
  return [
    census.mailbox,
    showCount(folders),
    showCount(messages),
    showBytes(bytes),
    largest === null ? UNKNOWN : showBytes(largest),
    day(oldest),
    day(newest),
    showCount(there),
    quotaText(census.quota.destination.storage),
  ];
}

const quotaText = (quota: Quota | null) =>
  quota === null ? UNKNOWN : `${showBytes(quota.used)} of ${showBytes(quota.limit)}`;

/** The last line: how many were looked at, how much they hold, and how many groups of each severity are listed. */
export function closing({ censuses, findings, notTried, writtenTo }: Checked, how: 'whole' | 'stopped'): string {
  const sums = censuses.map(sumOfCensus);
  const messages = sums.reduce((sum, one) => sum + one.messages, 0);
  const bytes = sums.reduce((sum, one) => sum + one.bytes, 0);
  const outside = sums.reduce((sum, one) => sum + one.outside, 0);
  const groups = groupFindings(findings);
  const counts = SEVERITIES.map((severity) => ({
    severity,
    many: groups.filter(({ kind }) => SEVERITY_OF[kind] === severity).length,
  }));
  return [
    `check: ${plural(censuses.length, 'mailbox', 'mailboxes')} looked at, ${plural(messages, 'message')}, ${showBytes(bytes)}`,
    ...(outside > 0 ? [`${plural(outside, 'message')} left out by date`] : []),
    ...(notTried > 0 ? [`${showCount(notTried)} not tried`] : []),
    ...(how === 'stopped' ? ['stopped before its end'] : []),
    findings.length === 0
      ? 'no findings'
      : counts
          .filter(({ many }) => many > 0)
          .map(({ severity, many }) => `${severity}: ${showCount(many)}`)
          .join(', '),
    writtenTo === 0
      ? 'nothing was changed'
      : `nothing was changed but by the write test, in ${plural(writtenTo, 'mailbox', 'mailboxes')}`,
  ].join('; ');
}
