import { type ReactElement, useMemo } from 'react';
import type { MailboxEntity } from '../../../protocol/entities.js';
import { Lines } from '../../components/Lines.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { filterMailboxes } from '../../select/filter-mailboxes.js';
import { scheduleOrder } from '../../select/schedule.js';
import { drainOf } from '../../select/states.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import { useFilter } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { footLine, HEAD, headLines, rowSpans, scheduleLayout, titleSpans } from './schedule-lines.js';
import { CELLS_MS } from './timeline.js';
import { useScheduleKeys } from './use-schedule-keys.js';

const idOf = ({ id }: MailboxEntity) => id;
/** Title, rule, two lines of the axis, and the line below. */
const AROUND = 5;

/** Shows which mailbox starts when, and why not yet. */
export function ScheduleScreen({ width, height }: ScreenProps): ReactElement {
  const { batch, mailboxes, now } = useView();
  const { glyphs } = useLook();
  const filter = useFilter();
  useClearing(filter, null);
  const drain = drainOf(batch);
  const [zoom, setZoom] = useKept('zoom', 1);
  const shown = useMemo(() => filterMailboxes(mailboxes, filter.text), [mailboxes, filter.text]);
  const rows = useMemo(() => scheduleOrder(shown), [shown]);
  const seen = Math.max(1, height - AROUND);
  const list = useList('schedule', rows, idOf, seen);
  useScheduleKeys(list, {
    'schedule.zoom': () => setZoom((n) => (n + 1) % CELLS_MS.length),
    'schedule.filter': filter.open,
  });
  const { top, cursor } = list.scroll;
  const layout = scheduleLayout(width, now, CELLS_MS[zoom] ?? CELLS_MS[1]);
  const body = rows
    .slice(top, top + seen)
    .map((mailbox, index) =>
      rowSpans(mailbox, layout, { width, now, drain, glyphs, focus: top + index === cursor ? 'focused' : 'resting' }),
    );
  const empty: Spans[] =
    rows.length === 0 ? [[' ', span('dim', mailboxes.length > 0 ? 'nothing is left to start' : '')]] : [];
  const title = [...titleSpans(batch, rows.length, now), ...(batch ? filter.said : [])];
  const lines = [...headLines(title, layout, { width, now, glyphs }), ...body, ...empty];
  const onClick = ({ y }: Click): void => {
    if (y >= HEAD && y < HEAD + body.length) list.click(top + y - HEAD);
  };
  return (
    <Page height={height} over={filter.line(width)}>
      <Lines lines={lines} width={width} height={height - 2} onClick={onClick} />
      <Lines lines={[footLine(rows, top + body.length, now)]} width={width} height={1} />
    </Page>
  );
}
