import { settled, shareOfWhole, wholeOf } from '../../protocol/figures.js';
import { needsOf } from '../../protocol/needs.js';
import { showClock, showZone } from '../../words/times.js';
import { showPercent, showShortCount } from '../../words/units.js';
import type { ConsoleView } from '../model/view.js';
import { bar } from '../text/bar.js';
import type { Glyphs } from '../text/glyphs.js';
import { type Spans, span, spread } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { endSpans } from './end-spans.js';
import { needName, needSaid, needTodo, needWho } from './needs.js';
import { paceText } from './pace.js';
import { needYou } from './states.js';

/**
 * A batch on a terminal that is too small for the screens: how far, until when, who needs the operator and why.
 *
 * @param foot  the last line, where there is room: how to see more
 */
export function smallStatus(
  view: ConsoleView,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  glyphs: Glyphs,
  foot: string,
): readonly Spans[] {
  const { batch, now } = view;
  if (batch === null) return [[' ', span('dim', 'reading the batch')]];
  const done = settled(batch.counts);
  const percent = showPercent(done, wholeOf(batch)).padStart(5);
  const drawn = bar(shareOfWhole(batch), Math.max(0, columns - 2 - percent.length), glyphs);
  const about = batch.unseen > 0 ? 'about ' : '';
  const end = endSpans(batch, view.mailboxes, now, columns - paceText(batch.rate).length - 4);
  const lines: Spans[] = [
    spread([' ', span('strong', batch.name), '  ', stateOf(view)], [`${showClock(now)} ${showZone(now)} `], columns),
    [' ', span('accent', drawn.done), span('dim', drawn.left), span('strong', percent)],
    [` ${showShortCount(done)} of ${about}${showShortCount(wholeOf(batch))} messages`],
    [` ${paceText(batch.rate)}`, ...(end.length > 0 ? [', ', ...end] : [])],
    batch.needs > 0
      ? [' ', span('alert', `${glyphs.alert} ${needYou(batch.needs)}`)]
      : [' ', span('dim', 'nothing needs you')],
  ];
  const said = wrap(foot, columns - 2, 2).map((line): Spans => [' ', span('dim', line)]);
  const room = Math.max(0, rows - lines.length - said.length);
  return [...lines, ...causeLines(view, room), ...said].slice(0, rows);
}

/** The state of the batch, or of the connection to its engine. */
function stateOf({ batch, link }: ConsoleView): Spans[number] {
  if (link.kind === 'gone') return span('alert', 'no engine');
  if (link.kind === 'ended') return span('strong', 'ended');
  return batch === null || batch.state === 'running' ? '' : span('strong', batch.state);
}

/** Why mailboxes need the operator, the worst first: the same list as on every screen. */
function causeLines({ mailboxes }: ConsoleView, room: number): readonly Spans[] {
  return needsOf(mailboxes)
    .slice(0, room)
    .map((need) => [
      '   ',
      needWho(need),
      '  ',
      span('alert', needName(need)),
      '  ',
      span('dim', needSaid(need) || needTodo(need)),
    ]);
}
