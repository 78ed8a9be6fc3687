import type { LogLine } from '../../../protocol/events.js';
import { AT_TOP, keepInView, type Scroll, type ScrollMove, scrollBy } from '../../components/scroll.js';
import { useKept } from '../../shell/use-kept.js';

/** The place in the log: at its end, wherever that is, or at a line. */
type Place = { readonly mode: 'follow' } | { readonly mode: 'stay'; readonly line: LogLine; readonly scroll: Scroll };

export interface Reading {
  readonly mode: Place['mode'];
  readonly scroll: Scroll;
  /** The line under the cursor. */
  readonly current: LogLine | null;
  readonly move: (to: ScrollMove) => void;
  /** Stays at the line under the cursor, or follows the end again. */
  readonly toggle: () => void;
  readonly stayAt: (index: number) => void;
}

/** How a log is read that grows meanwhile. @param seen  lines that fit */
export function useReading(lines: readonly LogLine[], seen: number): Reading {
  const [place, setPlace] = useKept<Place>('reading', { mode: 'follow' });
  const scroll = scrollOf(place, lines, seen);
  const current = lines[scroll.cursor] ?? null;
  return {
    mode: place.mode,
    scroll,
    current,
    move: (to) =>
      setPlace((now) => {
        const next = scrollBy(scrollOf(now, lines, seen), to, lines.length, seen);
        const line = lines[next.cursor];
        // Down to the last line is where the next one will be.
        if (!line || (next.cursor === lines.length - 1 && (to === 'down' || to === 'page-down' || to === 'last')))
          return { mode: 'follow' };
        return { mode: 'stay', line, scroll: next };
      }),
    toggle: () =>
      setPlace((now) =>
        now.mode === 'follow' && current ? { mode: 'stay', line: current, scroll } : { mode: 'follow' },
      ),
    stayAt: (index) => {
      const line = lines[index];
      if (line) setPlace({ mode: 'stay', line, scroll: { ...scroll, cursor: index } });
    },
  };
}

/** Where the line is now on which one stays; lines before it may have gone. */
function scrollOf(place: Place, lines: readonly LogLine[], seen: number): Scroll {
  if (place.mode === 'follow') return scrollBy(AT_TOP, 'last', lines.length, seen);
  const { line, scroll } = place;
  const at = lines[scroll.cursor] === line ? scroll.cursor : lines.indexOf(line);
  if (at >= 0) return keepInView({ cursor: at, top: scroll.top + at - scroll.cursor }, lines.length, seen);
  // The filter hides it: the last one before it.
  const before = lines.findLastIndex((one) => one.at <= line.at);
  return keepInView({ cursor: Math.max(0, before), top: Math.max(0, before - seen + 1) }, lines.length, seen);
}
