import type { ReactElement } from 'react';
import { Lines } from '../../components/Lines.js';
import { ruleLine } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { logText } from '../../select/log-filter.js';
import { useShell } from '../../shell/context.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import { useFilter } from '../shared/use-filter.js';
import { useOpenMailbox } from '../shared/use-open-mailbox.js';
import { useSave } from '../shared/use-save.js';
import { LOG_BINDINGS } from './bindings.js';
import { logLine } from './log-lines.js';
import { type FilteredLog, useLogLines } from './use-log-lines.js';
import { type Reading, useReading } from './use-reading.js';

/** The log as it comes: followed or paused, searched and filtered. */
export function LogScreen({ params, width, height }: ScreenProps): ReactElement {
  const { glyphs } = useLook();
  const filter = useFilter();
  useClearing(filter, null);
  const log = useLogLines(params.mailbox, filter.text);
  const { lines, mailbox } = log;
  const [whole, setWhole] = useKept<'whole' | 'short'>('whole', 'short');
  const turnWhole = () => setWhole((now) => (now === 'whole' ? 'short' : 'whole'));
  const detail = whole === 'whole' ? Math.min(6, Math.floor(height / 3)) : 0;
  const seen = Math.max(1, height - 2 - detail);
  const reading = useReading(lines, seen);
  useLogKeys(log, reading, { 'log.filter': filter.open, 'log.open': turnWhole });
  const { scroll, current } = reading;
  const title = [...titleOf(log, reading, seen, glyphs), ...filter.said];
  const body = lines.slice(scroll.top, scroll.top + seen).map((line, index) => {
    const focus = scroll.top + index === scroll.cursor && reading.mode === 'stay' ? 'focused' : 'resting';
    return logLine(line, { width, focus, names: mailbox === null ? 'shown' : 'left out', glyphs });
  });
  const none = useEmptyText(lines.length);
  const under: Spans[] =
    detail > 0 && current
      ? [
          ruleLine([], width, glyphs),
          ...wrap(logText(current), width - 2, detail - 1).map((line): Spans => [' ', line]),
        ]
      : [];
  const onClick = ({ y }: Click): void => {
    const at = scroll.top + y - 1;
    if (y <= 0 || !lines[at]) return;
    if (reading.mode === 'stay' && at === scroll.cursor) turnWhole();
    else reading.stayAt(at);
  };
  return (
    <Page height={height} over={filter.line(width)}>
      <Lines
        lines={[ruleLine(title, width, glyphs), ...body, ...none]}
        width={width}
        height={seen + 1}
        onClick={onClick}
      />
      <Lines lines={under} width={width} height={detail} />
    </Page>
  );
}

function useLogKeys(log: FilteredLog, reading: Reading, own: Readonly<Record<string, () => void>>): void {
  const shell = useShell();
  const save = useSave();
  const openMailbox = useOpenMailbox();
  const { lines, mailbox } = log;
  const { current } = reading;
  useKeys(LOG_BINDINGS, {
    ...scrollActions(reading.move),
    ...own,
    'log.follow': reading.toggle,
    'log.level': log.turnLevel,
    'log.side': log.turnSide,
    'log.only':
      mailbox !== null || current?.mailbox
        ? () => log.setMailbox(mailbox === null ? (current?.mailbox ?? null) : null)
        : undefined,
    'log.mailbox': current?.mailbox ? () => openMailbox(current.mailbox ?? '') : undefined,
    'log.copy': current ? () => shell.copy(logText(current), 'the line') : undefined,
    'log.save': lines.length > 0 ? () => void save('log', lines.map(logText)) : undefined,
  });
}

/** In place of the lines, where there are none. */
function useEmptyText(lines: number): readonly Spans[] {
  const { log, link } = useView();
  if (lines > 0) return [];
  const nothing = link.kind === 'opening' ? 'reading' : 'nothing was said yet';
  return [[' ', span('dim', log.length === 0 ? nothing : 'no line matches')]];
}

function titleOf({ lines, least, side, mailbox }: FilteredLog, reading: Reading, seen: number, glyphs: Glyphs): Spans {
  return [
    span('strong', `log ${seenRange(reading.scroll, lines.length, seen)}`),
    '   ',
    reading.mode === 'follow' ? span('accent', `${glyphs.down} follows`) : span('alert', `${glyphs.unmarked} stays`),
    `   ${least === 'debug' ? 'all' : `${least} and up`}`,
    ...(side === null ? [] : [`   ${side} only`]),
    ...(mailbox === null ? [] : ['   ', span('accent', mailbox)]),
  ];
}
