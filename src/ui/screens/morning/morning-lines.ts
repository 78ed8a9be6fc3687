import { mailboxesIn } from '../../../protocol/needs.js';
import { showPast } from '../../../words/times.js';
import { plural, showCount } from '../../../words/units.js';
import { ruleLine } from '../../components/Rule.js';
import { type MorningRow, newsText } from '../../select/morning.js';
import { needAmountText, needAsks, needSaid, needTodo } from '../../select/needs.js';
import { fitText } from '../../text/fit.js';
import { aimed, marked, type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { type NeedLook, needLine } from '../shared/need-line.js';

type Kind = MorningRow['kind'];

interface MorningLook extends Omit<NeedLook, 'focus'> {
  /** Until when the engine told what happened; null: it told nothing. */
  readonly told: number | null;
  /** Several rows may be of one. */
  readonly causes: number;
}

/** The rows in view, each part under a title of its own. */
export function morningLines(
  rows: readonly MorningRow[],
  { top, cursor, seen, ...look }: MorningLook & { top: number; cursor: number; seen: number },
): readonly Spans[] {
  return rows.slice(top, top + seen).flatMap((row, index): readonly Spans[] => {
    const before = index === 0 ? null : rows[top + index - 1];
    const drawn = rowLine(row, { ...look, focus: top + index === cursor ? 'focused' : 'resting' });
    const line = aimed({ part: row.id }, drawn);
    return before?.kind === row.kind ? [line] : [titleLine(row.kind, rows, look), line];
  });
}

/** Titles that the rows may need: lines that are not rows. */
export function titlesOf(rows: readonly MorningRow[]): number {
  return new Set(rows.map(({ kind }) => kind)).size;
}

function titleLine(
  kind: Kind,
  rows: readonly MorningRow[],
  { width, since, told, causes, now, glyphs }: MorningLook,
): Spans {
  const of = rows.filter((row) => row.kind === kind);
  const looked = since === null ? '' : showPast(since, now);
  switch (kind) {
    case 'need': {
      const needs = of.flatMap((row) => (row.kind === 'need' ? [row.need] : []));
      const isAnyNew = since !== null && needs.some((need) => need.since !== null && need.since > since);
      const title = `needs you ${showCount(mailboxesIn(needs))}`;
      return ruleLine(
        [
          span('alert', title),
          span('dim', `   ${plural(causes, 'cause')}`),
          ...(isAnyNew ? [span('accent', `   * new since ${looked}`)] : []),
        ],
        width,
        glyphs,
      );
    }
    case 'news': {
      const until = told === null ? '' : ` to ${showPast(told, now)}`;
      return ruleLine([span('strong', `since you looked${looked === '' ? '' : `, ${looked}${until}`}`)], width, glyphs);
    }
    case 'given up':
      return ruleLine([span('strong', `given up ${showCount(of.length)}`)], width, glyphs);
  }
}

function rowLine(row: MorningRow, look: NeedLook): Spans {
  if (row.kind === 'need') return needLine(row.need, look);
  const { width, focus, glyphs } = look;
  const cursor = focus === 'focused' ? glyphs.cursor : ' ';
  const line: Spans =
    row.kind === 'news'
      ? [
          cursor,
          row.line.kind === 'refused again' ? span('alert', glyphs.bad) : span('good', glyphs.good),
          ' ',
          newsText(row.line),
        ]
      : [cursor, span('dim', `${glyphs.middot} `), fitText(givenUpText(row), width - 4, { ellipsis: glyphs.ellipsis })];
  return focus === 'focused' ? marked([fitText(textOf(line), width)], 'selected') : line;
}

const textOf = (spans: Spans) => spans.map((one) => (typeof one === 'string' ? one : one.text)).join('');

function givenUpText({ mailbox }: Extract<MorningRow, { kind: 'given up' }>): string {
  const { email, state, counts } = mailbox;
  const left = counts.left + counts.failed;
  const lost = left > 0 ? `, ${plural(left, 'message')} not copied` : '';
  return state.kind === 'given-up' ? `${email}: ${state.reason} (${state.by})${lost}` : email;
}

/** The row under the cursor, whole: what the server said, how much it is, what to do. */
export function detailLines(
  row: MorningRow | null,
  most: number,
  { width, glyphs, typed }: Pick<NeedLook, 'width' | 'glyphs' | 'typed'>,
): readonly Spans[] {
  if (row === null || most < 2) return [];
  const paragraph = (text: string, room: number) => wrap(text, width - 2, room).map((line): Spans => [' ', line]);
  if (row.kind !== 'need') {
    const text = row.kind === 'news' ? newsText(row.line) : givenUpText(row);
    return [ruleLine([], width, glyphs), ...paragraph(text, most - 1)];
  }
  const said = needSaid(row.need);
  const asks = needAsks(row.need, typed);
  const names = row.need.mailboxes.map(({ email }) => email).join(', ');
  const amount = needAmountText(row.need);
  const side = row.need.side === null ? '' : `${row.need.side}: `;
  const todo = asks === '' ? needTodo(row.need) : asks;
  return [
    ruleLine([span('dim', [side, amount === '' ? todo : `${amount}: ${needTodo(row.need)}`].join(''))], width, glyphs),
    ...(said === '' ? [] : paragraph(said, Math.max(1, most - 3))),
    ...(asks === '' ? [] : paragraph(asks, 2)),
    ...(row.need.mailboxes.length > 1 ? paragraph(names, 1).map((line): Spans => [span('dim', textOf(line))]) : []),
  ].slice(0, most);
}
