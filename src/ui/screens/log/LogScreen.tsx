import { type ReactElement, useMemo } from 'react';
import type { LogLine } from '../../../protocol/events.js';
import { Lines } from '../../components/Lines.js';
import { ruleLine } from '../../components/Rule.js';
import { AT_TOP, keepInView, type Scroll, type ScrollMove, scrollBy, seenRange } from '../../components/scroll.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { filterLog, logText, nextLeast, nextSide, WHOLE_LOG } from '../../select/log-filter.js';
import { useShell } from '../../shell/context.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import { useFilter } from '../shared/use-filter.js';
import { useOpenMailbox } from '../shared/use-open-mailbox.js';
import { useSave } from '../shared/use-save.js';
import { LOG_BINDINGS } from './bindings.js';
import { logLine } from './log-lines.js';

/** Where one reads: at the end, wherever that is, or at a line. */
type Reading = { readonly mode: 'follow' } | { readonly mode: 'stay'; readonly line: LogLine; readonly scroll: Scroll };

/** The log as it comes: followed or paused, searched and filtered. */
export function LogScreen({ params, width, height }: ScreenProps): ReactElement {
  const { log, link } = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const filter = useFilter();
  useClearing(filter, null);
  const save = useSave();
  const openMailbox = useOpenMailbox();
  const [least, setLeast] = useKept<LogLine['level']>(
    'least',
    params.mailbox === undefined ? WHOLE_LOG.least : 'debug',
  );
  const [side, setSide] = useKept('side', WHOLE_LOG.side);
  const [mailbox, setMailbox] = useKept<string | null>('mailbox', params.mailbox ?? null);
  const [reading, setReading] = useKept<Reading>('reading', { mode: 'follow' });
  const [whole, setWhole] = useKept<'whole' | 'short'>('whole', 'short');
  const lines = useMemo(
    () => filterLog(log, { least, side, mailbox, text: filter.text }),
    [log, least, side, mailbox, filter.text],
  );
  const detail = whole === 'whole' ? Math.min(6, Math.floor(height / 3)) : 0;
  const seen = Math.max(1, height - 2 - detail);
  const scroll = placeOf(reading, lines, seen);
  const current = lines[scroll.cursor] ?? null;
  const move = (to: ScrollMove): void =>
    setReading((now) => {
      const next = scrollBy(placeOf(now, lines, seen), to, lines.length, seen);
      const line = lines[next.cursor];
      // Down to the last line is where the next one will be.
      if (!line || (next.cursor === lines.length - 1 && (to === 'down' || to === 'page-down' || to === 'last')))
        return { mode: 'follow' };
      return { mode: 'stay', line, scroll: next };
    });
  useKeys(LOG_BINDINGS, {
    ...scrollActions(move),
    'log.follow': () =>
      setReading((now) =>
        now.mode === 'follow' && current ? { mode: 'stay', line: current, scroll } : { mode: 'follow' },
      ),
    'log.filter': filter.open,
    'log.level': () => setLeast(nextLeast),
    'log.side': () => setSide(nextSide),
    'log.only':
      mailbox !== null || current?.mailbox
        ? () => setMailbox(mailbox === null ? (current?.mailbox ?? null) : null)
        : undefined,
    'log.mailbox': current?.mailbox ? () => openMailbox(current.mailbox ?? '') : undefined,
    'log.open': () => setWhole((now) => (now === 'whole' ? 'short' : 'whole')),
    'log.copy': current ? () => shell.copy(logText(current), 'the line') : undefined,
    'log.save': lines.length > 0 ? () => void save('log', lines.map(logText)) : undefined,
  });
  const isFollowing = reading.mode === 'follow';
  const title: Spans = [
    span('strong', `log ${seenRange(scroll, lines.length, seen)}`),
    '   ',
    span(isFollowing ? 'accent' : 'alert', isFollowing ? `${glyphs.down} follows` : `${glyphs.unmarked} stays`),
    `   ${least === 'debug' ? 'all' : `${least} and up`}`,
    ...(side === null ? [] : [`   ${side} only`]),
    ...(mailbox === null ? [] : ['   ', span('accent', mailbox)]),
    ...filter.said,
  ];
  const body = lines.slice(scroll.top, scroll.top + seen).map((line, index) => {
    const focus = scroll.top + index === scroll.cursor && !isFollowing ? 'focused' : 'resting';
    return logLine(line, { width, focus, names: mailbox === null ? 'shown' : 'left out', glyphs });
  });
  const none: Spans[] =
    lines.length === 0
      ? [
          [
            ' ',
            span(
              'dim',
              log.length === 0 ? (link.kind === 'opening' ? 'reading' : 'nothing was said yet') : 'no line matches',
            ),
          ],
        ]
      : [];
  const under: Spans[] =
    detail > 0 && current
      ? [
          ruleLine([], width, glyphs),
          ...wrap(logText(current), width - 2, detail - 1).map((line): Spans => [' ', line]),
        ]
      : [];
  const onClick = ({ y }: Click): void => {
    const at = scroll.top + y - 1;
    const line = y > 0 ? lines[at] : undefined;
    if (!line) return;
    if (!isFollowing && at === scroll.cursor) setWhole((now) => (now === 'whole' ? 'short' : 'whole'));
    else setReading({ mode: 'stay', line, scroll: { ...scroll, cursor: at } });
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

/** Where the line is now on which one stays; lines before it may have gone. */
function placeOf(reading: Reading, lines: readonly LogLine[], seen: number): Scroll {
  if (reading.mode === 'follow') return scrollBy(AT_TOP, 'last', lines.length, seen);
  const { line, scroll } = reading;
  const at = lines[scroll.cursor] === line ? scroll.cursor : lines.indexOf(line);
  if (at >= 0) return keepInView({ cursor: at, top: scroll.top + at - scroll.cursor }, lines.length, seen);
  // The filter hides it: the last one before it.
  const before = lines.findLastIndex((one) => one.at <= line.at);
  return keepInView({ cursor: Math.max(0, before), top: Math.max(0, before - seen + 1) }, lines.length, seen);
}
