import {
  type BatchEntity,
  type Counts,
  isThrough,
  type MailboxEntity,
  needsOperator,
  waitsForWave,
} from '../../protocol/entities.js';
import { bytesSettled } from '../../protocol/figures.js';
import { endedOpen } from '../../ui/select/states.js';
import { reasonText } from '../../words/reason-text.js';
import { showTime } from '../../words/times.js';
import { plural, showBytes, showCount } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { showState } from './plain-text.js';
import { type TableColumn, table } from './table.js';
import { typedPasswordLines } from './typed-passwords.js';

/** The most rows at the end of a run. Unfinished mailboxes come first. */
const MOST_ROWS = 60;

interface SummaryColumn extends TableColumn {
  /**
   * Whether a narrow terminal shows the column, so that the reasons have room, and whether it is shown only if the
   * batch has any.
   */
  readonly narrow: 'shown' | 'left out' | 'where there are';
  /** The cell of a mailbox; null: of the line of sums. */
  text(counts: Counts, errors: number, mailbox: MailboxEntity | null, bytesLeft: number): string;
  /** The number of messages that the column counts; null: it counts none. */
  readonly of: ((counts: Counts) => number) | null;
}

const number = (title: string, narrow: SummaryColumn['narrow'], of: (counts: Counts) => number): SummaryColumn => ({
  ...{ title, align: 'right', narrow, of },
  text: (counts) => showCount(of(counts)),
});

const COLUMNS: readonly SummaryColumn[] = [
  { title: 'MAILBOX', align: 'left', narrow: 'shown', of: null, text: (_, __, mailbox) => mailbox?.email ?? 'TOTAL' },
  number('MESSAGES', 'shown', ({ total }) => total),
  number('COPIED', 'shown', ({ copied }) => copied),
  number('THERE', 'left out', ({ matched }) => matched),
  number('SKIPPED', 'left out', ({ skipped }) => skipped),
  number('BY DATE', 'where there are', ({ outside }) => outside),
  number('BY LABEL', 'where there are', ({ carried }) => carried),
  number('FAILED', 'left out', ({ failed }) => failed),
  number('GONE', 'left out', ({ vanished }) => vanished),
  number('LEFT', 'shown', ({ left }) => left),
  { title: 'BYTES DONE', align: 'right', narrow: 'left out', of: null, text: bytesText },
  { title: 'ERRORS', align: 'right', narrow: 'shown', of: null, text: (_, errors) => showCount(errors) },
  {
    title: 'STATE',
    align: 'left',
    narrow: 'shown',
    of: null,
    text: (_, __, mailbox) => (mailbox ? showStanding(mailbox) : ''),
  },
  { title: 'WHY', align: 'left', narrow: 'shown', of: null, text: (_, __, mailbox) => (mailbox ? whyOf(mailbox) : '') },
];
/** Columns of a terminal on which the whole table has room. */
const WIDE = 148;

/** The surroundings of a table of mailboxes. */
export interface SummaryPlace {
  /** The batch as it is typed after a command. */
  readonly typed: string;
  /** Columns of the terminal, to which lines are cut; null: they are whole. */
  readonly width: number | null;
}

/** Mailboxes as a table, those that need somebody first, and a line of sums where there are several. */
export function summaryTable(
  mailboxes: readonly MailboxEntity[],
  { counts: sum, errors, bytesLeft }: Pick<BatchEntity, 'counts' | 'errors' | 'bytesLeft'>,
  { typed, width }: SummaryPlace,
): string[] {
  const sorted = mailboxes.toSorted((a, b) => urgency(b) - urgency(a));
  const isWide = width === null || width >= WIDE;
  const columns = COLUMNS.filter(({ narrow, of }) =>
    narrow === 'where there are' ? (of?.(sum) ?? 0) > 0 : narrow === 'shown' || isWide,
  );
  const row = (counts: Counts, open: number, left: number, mailbox: MailboxEntity | null) =>
    columns.map((column) => harmless(column.text(counts, open, mailbox, left)));
  const rows = sorted.slice(0, MOST_ROWS).map((one) => row(one.counts, one.errors, one.bytesLeft, one));
  if (mailboxes.length > 1) rows.push(row(sum, errors, bytesLeft, null));
  const lines = table(columns, rows, width);
  const unseen = sorted.length - MOST_ROWS;
  if (unseen > 0)
    lines.push(
      `and ${plural(unseen, 'further mailbox', 'further mailboxes')}: \`nightferry status ${typed} --json\` lists all`,
    );
  lines.push(...typedPasswordLines(mailboxes).map(harmless));
  return lines;
}

/** `1.2 MB of 2.9 MB`; only the whole size where nothing is left. */
function bytesText(counts: Counts, _: number, __: MailboxEntity | null, bytesLeft: number): string {
  const { bytesTotal } = counts;
  const whole = showBytes(bytesTotal);
  return bytesLeft === 0 ? whole : `${showBytes(bytesSettled({ counts, bytesLeft }))} of ${whole}`;
}

/** The state, and until when it lasts. The reason is in the next column. */
function showStanding(mailbox: MailboxEntity): string {
  const { state } = mailbox;
  switch (state.kind) {
    case 'synced':
    case 'completed':
      return endedOpen(mailbox) ? 'ended' : state.kind;
    case 'held':
    case 'incomplete':
      return state.kind;
    case 'backing-off':
      return `backing off until ${showTime(state.until)}`;
    default:
      return showState(state);
  }
}

/** Why a mailbox needs its operator or waits; '' where it does neither. */
function whyOf(mailbox: MailboxEntity): string {
  const { state, counts, doubled, asksPassword } = mailbox;
  if (state.kind === 'held' || state.kind === 'incomplete' || state.kind === 'backing-off')
    return reasonText(state.because);
  if (state.kind === 'queued' && waitsForWave(state)) return reasonText(state.why);
  if (!needsOperator(mailbox)) return '';
  const reasons = [
    ...(asksPassword === null ? [] : [`asks for the password of the ${asksPassword}`]),
    ...(doubled > 0 ? [plural(doubled, 'second copy', 'second copies')] : []),
    ...(isThrough(mailbox) && counts.failed > 0 ? [`${plural(counts.failed, 'message')} failed`] : []),
    ...(isThrough(mailbox) && counts.left > 0 ? [`${plural(counts.left, 'message')} left`] : []),
    ...(mailbox.provider === null ? [] : ['has waited for over an hour: ask the provider']),
  ];
  return reasons.join(', ');
}

function urgency(mailbox: MailboxEntity): number {
  if (mailbox.state.kind === 'held') return 5;
  if (needsOperator(mailbox)) return 4;
  if (mailbox.errors > 0 || mailbox.counts.failed > 0) return 3;
  if (mailbox.counts.left > 0) return 2;
  return isThrough(mailbox) ? 0 : 1;
}
