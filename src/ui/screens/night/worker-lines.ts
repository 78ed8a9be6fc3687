import type { MailboxEntity } from '../../../protocol/entities.js';
import { settled, share } from '../../../protocol/figures.js';
import { showMinute } from '../../../words/times.js';
import { showByteRate, showCount, showPercent, showRate } from '../../../words/units.js';
import { type Column, columnCells, columnTitles, placeColumns } from '../../components/columns.js';
import { messageText } from '../../select/pace.js';
import { type Drain, endOf, isMoving, stateReason, stateText, stateTone } from '../../select/states.js';
import { bar } from '../../text/bar.js';
import type { Glyphs } from '../../text/glyphs.js';
import { aimed, marked, type Spans } from '../../text/spans.js';

export interface WorkersLook {
  /** Cells. */
  readonly width: number;
  /** Index of the mailbox under the cursor, among those drawn; any other number: none is. */
  readonly focus: number;
  readonly now: number;
  readonly glyphs: Glyphs;
  readonly drain: Drain;
}

/** Mailboxes at work, a line each under their titles: many are compared at a glance. */
export function workerLines(workers: readonly MailboxEntity[], look: WorkersLook): readonly Spans[] {
  if (workers.length === 0) return [];
  const { width, focus, glyphs } = look;
  const placed = placeColumns(workerColumns(look), width - 3);
  const rows = workers.map((mailbox, index): Spans => {
    const isHere = index === focus;
    const line: Spans = [isHere ? glyphs.cursor : ' ', ' ', ...columnCells(placed, mailbox, glyphs.ellipsis), ' '];
    return aimed({ part: mailbox.id }, isHere ? marked(line, 'selected') : line);
  });
  return [['  ', ...columnTitles(placed, null, glyphs)], ...rows];
}

/** Cells of a bar. */
const BAR = 12;

function workerColumns(look: WorkersLook): readonly Column<MailboxEntity>[] {
  return [...whereColumns(look), ...paceColumns(look)];
}

/** The mailbox, and where it is. */
function whereColumns({ now, drain }: WorkersLook): readonly Column<MailboxEntity>[] {
  return [
    { id: 'mailbox', title: 'mailbox', least: 18, most: 36, priority: 0, text: ({ email }) => email },
    {
      id: 'state',
      title: 'state',
      least: 12,
      most: 14,
      priority: 0,
      text: (one) => stateText(one, now, drain),
      tone: ({ state }) => stateTone(state.kind),
    },
    {
      id: 'folder',
      title: 'folder',
      least: 12,
      most: 32,
      priority: 2,
      cut: 'middle',
      text: ({ folder }) => folder ?? '',
    },
  ];
}

/** Whether a pace says anything: nothing is copied while it logs in. */
function hasPace({ state, rate }: MailboxEntity): boolean {
  return isMoving(state.kind) && (state.kind !== 'connecting' || rate.bytes > 0);
}

/** How far, how fast, until when, and why not. */
function paceColumns({ now, glyphs, drain }: WorkersLook): readonly Column<MailboxEntity>[] {
  return [
    {
      id: 'bar',
      title: '',
      least: BAR,
      most: BAR,
      priority: 5,
      text: ({ counts }) => drawnBar(share(counts), glyphs),
      tone: () => 'accent',
    },
    {
      id: 'share',
      title: '%',
      least: 4,
      most: 4,
      align: 'right',
      priority: 0,
      text: ({ counts }) => showPercent(settled(counts), counts.total),
    },
    {
      id: 'messages',
      title: 'rate',
      least: 8,
      most: 8,
      align: 'right',
      priority: 4,
      text: (one) => (hasPace(one) ? showRate(one.rate.messages) : ''),
    },
    {
      id: 'bytes',
      title: '',
      least: 9,
      most: 9,
      align: 'right',
      priority: 1,
      text: (one) => (hasPace(one) ? showByteRate(one.rate.bytes) : ''),
    },
    {
      id: 'end',
      title: 'done',
      least: 5,
      most: 12,
      align: 'right',
      priority: 0,
      text: (one) => endText(one, now, drain),
    },
    {
      id: 'why',
      title: '',
      least: 24,
      most: 90,
      priority: 3,
      text: whatElse,
      tone: ({ errors }) => (errors > 0 ? 'alert' : 'dim'),
    },
  ];
}

function drawnBar(share: number, glyphs: Glyphs): string {
  const { done, left } = bar(share, BAR, glyphs);
  return done + left;
}

function endText(mailbox: MailboxEntity, now: number, drain: Drain): string {
  const end = endOf(mailbox, drain);
  return end === null ? '' : showMinute(end, now);
}

/** Why it rests, the large message that is under way, or how much of it failed. */
function whatElse(mailbox: MailboxEntity): string {
  const { state, message, errors } = mailbox;
  if (state.kind === 'backing-off') return stateReason(mailbox);
  const failed = errors > 0 ? `${showCount(errors)} failed` : '';
  return [failed, message === null ? '' : messageText(message)].filter((text) => text !== '').join(', ');
}
