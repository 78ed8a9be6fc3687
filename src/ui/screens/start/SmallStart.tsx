import { createElement, type ReactElement, type ReactNode } from 'react';
import { plural, showCount } from '../../../words/units.js';
import { columnCells, placeColumns } from '../../components/columns.js';
import { Lines } from '../../components/Lines.js';
import { useLook } from '../../look.js';
import { useShell } from '../../shell/context.js';
import { SmallScreenContext, type SmallScreenProps } from '../../shell/small-screen.js';
import { useNow } from '../../shell/use-now.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spread } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { batchColumns } from './batch-columns.js';
import { type StartConsole, StartContext } from './context.js';
import { type Batches, useBatches } from './use-batches.js';

/** The batches, on a terminal that the form does not fit on: a line each, those at work first. */
function SmallStart({ columns, rows, foot }: SmallScreenProps): ReactElement {
  const { glyphs } = useLook();
  const now = useNow(useShell().clock, 60_000);
  const lines = smallStart(useBatches(), { columns, rows, foot }, { now, glyphs });
  return <Lines lines={lines} width={columns} height={rows} />;
}

function smallStart(
  { batches, trouble }: Pick<Batches, 'batches' | 'trouble'>,
  { columns, rows, foot }: SmallScreenProps,
  { now, glyphs }: { readonly now: number; readonly glyphs: Glyphs },
): readonly Spans[] {
  const count = batches === null ? 'reading' : plural(batches.length, 'batch', 'batches');
  // Where there are few lines they are for batches.
  const said = rows < 6 ? [] : wrap(foot, columns - 2, 2).map((line): Spans => [' ', span('dim', line)]);
  const room = Math.max(0, rows - 1 - said.length);
  const all = batches ?? [];
  // The last line says how many more there are.
  const shown = all.length <= room ? all.length : Math.max(0, room - 1);
  const placed = placeColumns(batchColumns(now, glyphs), columns - 2);
  return [
    spread([' ', span('strong', 'nightferry')], [span('dim', `${count} `)], columns),
    ...(trouble === null ? [] : [[' ', span('alert', trouble)]]),
    ...all.slice(0, shown).map((one): Spans => [' ', ...columnCells(placed, one, glyphs.ellipsis)]),
    ...(shown < all.length ? [[' ', span('dim', `and ${showCount(all.length - shown)} more`)]] : []),
    ...said,
  ].slice(0, rows);
}

/** Wraps the start screens, so that they find their services, and a small terminal shows the batches. */
export function withinStart(console: StartConsole, screens: ReactNode): ReactElement {
  const small = createElement(SmallScreenContext.Provider, { value: SmallStart }, screens);
  return createElement(StartContext.Provider, { value: console }, small);
}
