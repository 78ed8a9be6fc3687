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
import { footLine, headLines, rowSpans, scheduleLayout, titleSpans } from './schedule-lines.js';
import { CELLS_MS, NEAR, zoomUntil } from './timeline.js';
import { usePlan } from './use-plan.js';
import { useScheduleKeys } from './use-schedule-keys.js';

const idOf = ({ id }: MailboxEntity) => id;
/** Title, rule, two lines of the axis, and the line below; those of the plan come to it. */
const AROUND = 5;

/** Shows which mailbox starts when, and why not yet: as it was, and as the rest of the night is played. */
export function ScheduleScreen({ width, height }: ScreenProps): ReactElement {
  const { batch, mailboxes, now } = useView();
  const { glyphs } = useLook();
  const filter = useFilter();
  useClearing(filter, null);
  const drain = drainOf(batch);
  const plan = usePlan();
  // Until the operator chooses the line is as long as the night.
  const [chosen, setZoom] = useKept<number | null>('zoom', null);
  const widest = scheduleLayout(width, now, 1).scale.width;
  const zoom = chosen ?? (plan.end === null ? NEAR : zoomUntil(plan.end, now, widest));
  const shown = useMemo(() => filterMailboxes(mailboxes, filter.text), [mailboxes, filter.text]);
  const rows = useMemo(() => scheduleOrder(shown, plan.of), [shown, plan.of]);
  const seen = Math.max(1, height - AROUND - plan.head.length);
  const list = useList('schedule', rows, idOf, seen);
  useScheduleKeys(list, {
    'schedule.zoom': () => setZoom((zoom + 1) % CELLS_MS.length),
    'schedule.rehearse': plan.ask,
    'schedule.filter': filter.open,
  });
  const { top, cursor } = list.scroll;
  const layout = scheduleLayout(width, now, CELLS_MS[zoom] ?? CELLS_MS[NEAR]);
  const body = rows.slice(top, top + seen).map((mailbox, index) =>
    rowSpans(mailbox, layout, {
      ...{ width, now, drain, glyphs, plan },
      focus: top + index === cursor ? 'focused' : 'resting',
    }),
  );
  const empty: Spans[] =
    rows.length === 0 ? [[' ', span('dim', mailboxes.length > 0 ? 'nothing is left to start' : '')]] : [];
  const title = [...titleSpans(batch, rows.length, now), ...(batch ? filter.said : [])];
  const head = headLines(title, plan.head, layout, { width, now, glyphs });
  const lines = [...head, ...body, ...empty];
  const onClick = ({ y }: Click): void => {
    if (y >= head.length && y < head.length + body.length) list.click(top + y - head.length);
  };
  return (
    <Page height={height} over={filter.line(width)}>
      <Lines lines={lines} width={width} height={height - 2} onClick={onClick} />
      <Lines lines={[footLine(rows, top + body.length, now)]} width={width} height={1} />
    </Page>
  );
}
