import { useEffect, useState } from 'react';
import { expect, it } from 'vitest';
import { Lines } from '../../../src/ui/components/Lines.js';
import { paneColumns, paneGrid, paneLines } from '../../../src/ui/components/Pane.js';
import { useLook } from '../../../src/ui/look.js';
import { useShell } from '../../../src/ui/shell/context.js';
import type { Screen, ScreenProps } from '../../../src/ui/shell/screen.js';
import { useNow } from '../../../src/ui/shell/use-now.js';
import type { ScreenSize } from '../../../src/ui/terminal/tty.js';
import { bar } from '../../../src/ui/text/bar.js';
import { type Spans, span, spread } from '../../../src/ui/text/spans.js';
import { showClock, showUntil } from '../../../src/words/times.js';
import { showByteRate, showPercent, showRate } from '../../../src/words/units.js';
import { AConsole } from '../support/a-console.js';

const WORKERS = 100;

/** Numbers that change with each update, as those of a mailbox being copied do. */
function worker(index: number, update: number) {
  const wobble = Math.sin(index * 7 + update);
  return {
    name: `user${index}@new.example`,
    share: Math.min(1, ((index * 37) % 100) / 100 + update / 4_000),
    rate: 90 + 40 * wobble,
    bytes: (3 + wobble) * 2 ** 20,
    until: Date.UTC(2026, 0, 16, 4, 12) + Math.round(wobble * 3) * 60_000,
  };
}

/** The panes of the night at four updates a second: the busiest screen there is. */
function busy(updates: number): Screen['component'] {
  return function Busy({ width, height }: ScreenProps) {
    const { clock } = useShell();
    const { glyphs } = useLook();
    const now = useNow(clock);
    const [update, setUpdate] = useState(0);
    useEffect(() => {
      const stop = new AbortController();
      void (async () => {
        for (let n = 1; n <= updates && !stop.signal.aborted; n++) {
          await clock.sleep(250, stop.signal);
          setUpdate(n);
        }
      })();
      return () => stop.abort();
    }, [clock]);
    const shape = paneColumns(width, 38);
    const fits = shape.columns * Math.floor((height - 2) / 5);
    const panes = Array.from({ length: Math.min(WORKERS, fits) }, (_, index) => {
      const { name, share, rate, bytes, until } = worker(index, update);
      const { done, left } = bar(share, shape.width - 14, glyphs);
      const lines: Spans[] = [
        ['Archive/2019'],
        [span('accent', done), span('dim', left), `   ${showPercent(share, 1).padStart(4)}`],
        spread([`${showRate(rate).padStart(6)}  ${showByteRate(bytes)}`], [showUntil(until, now)], shape.width - 4),
      ];
      return paneLines({ title: name, status: 'copying', lines }, shape.width, 5, glyphs);
    });
    const head: Spans = spread([' school-2026'], [`${showClock(now)} UTC `], width);
    const counts: Spans = [` ${1_210_000 + update * 103} of 2,120,000 messages`];
    return (
      <Lines width={width} height={height} lines={[head, counts, ...paneGrid(panes, shape.columns, shape.width)]} />
    );
  };
}

function screens(component: Screen['component']): readonly Screen[] {
  return [
    {
      name: 'night',
      action: 'look.night',
      label: 'night',
      description: '',
      title: () => 'night',
      bindings: [],
      component,
    },
  ];
}

/** Bytes a second over the second half of `seconds`. */
async function bytesPerSecond(size: ScreenSize, updates: number, seconds: number): Promise<number> {
  const one = new AConsole(screens(busy(updates)), size);
  await one.clock.pass(2_000);
  await one.look();
  let bytes = 0;
  for (let second = 0; second < seconds; second++) {
    await one.clock.pass(1_000);
    bytes += (await one.look()).bytes;
  }
  one.process.emit('SIGTERM');
  await one.ended;
  return bytes / seconds;
}

it.each([
  [{ columns: 80, rows: 24 }, 2_000],
  [{ columns: 120, rows: 40 }, 3_000],
  [{ columns: 200, rows: 60 }, 3_000],
])('writes to a terminal of %j less than %i bytes a second while 100 workers run', async (size, budget) => {
  const rate = await bytesPerSecond(size, 1_000, 20);
  expect(rate).toBeGreaterThan(100);
  expect(rate).toBeLessThan(budget);
});

it.each([
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
])('writes under 20 bytes a second at %j when only the clock moves', async (size) => {
  const rate = await bytesPerSecond(size, 0, 60);
  expect(rate).toBeGreaterThan(1);
  expect(rate).toBeLessThan(20);
});
