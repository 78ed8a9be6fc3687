import { ConsoleOnPty, type Size, sleep } from './console-on-pty.js';
import type { EngineProcess } from './engine-process.js';

/** One measured figure beside what it must stay under. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly under: number;
  readonly unit: string;
}

const small: Size = { columns: 80, rows: 24 };
const middle: Size = { columns: 120, rows: 40 };
const large: Size = { columns: 200, rows: 60 };

/** Keys that move the cursor and change what is shown, as an operator's would. */
const KEYS = ['j', 'j', 'k', 't', 'j', 'k', 't', 's', 'n', 'l', 'n'];
const PRESSES = 110;

export interface Lengths {
  /** Seconds over which bytes are counted. */
  readonly seconds: number;
  /** Seconds that a reader stalls. */
  readonly stall: number;
}

export async function bytesFigures(engine: EngineProcess, { seconds }: Lengths): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [size, under] of [
    [small, 2048],
    [large, 3072],
  ] as const) {
    const name = `${size.columns}x${size.rows}`;
    const console = new ConsoleOnPty(engine.socketPath, size);
    await console.drawn();
    const busy = await console.rate(seconds);
    engine.tell('idle');
    await sleep(1500);
    const idle = await console.rate(seconds);
    engine.tell('busy');
    await console.leave();
    figures.push(
      { what: `bytes, 100 workers, ${name}`, value: busy, under, unit: 'B/s' },
      { what: `bytes, idle, ${name}`, value: idle, under: 20, unit: 'B/s' },
    );
  }
  return figures;
}

export async function keyFigure(engine: EngineProcess): Promise<Figure> {
  const console = new ConsoleOnPty(engine.socketPath, middle);
  await console.drawn();
  const times: number[] = [];
  for (let n = 0; n < PRESSES; n++) {
    times.push(await console.press(KEYS[n % KEYS.length]!));
    // Not in step with the updates.
    await sleep(90 + ((n * 37) % 80));
  }
  await console.leave();
  times.sort((a, b) => a - b);
  const value = times[Math.ceil(times.length * 0.95) - 1]!;
  return { what: 'key to first byte, 95th percentile, 120x40', value, under: 60, unit: 'ms' };
}

/** A terminal that takes nothing, and a console that reads nothing: what the engine notices of them. */
export async function stallFigures(engine: EngineProcess, { stall }: Lengths): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const how of ['terminal', 'console'] as const) {
    const console = new ConsoleOnPty(engine.socketPath, middle);
    await console.drawn();
    engine.tell('measure');
    const before = await engine.report();
    engine.tell('measure');
    if (how === 'terminal') console.stall();
    else console.freeze();
    await sleep(stall * 1000);
    const after = await engine.report();
    if (how === 'terminal') console.goOn();
    else console.thaw();
    await console.leave();
    figures.push(
      { what: `engine's longest gap, ${how} stalled ${stall} s`, value: after.longestGapMs, under: 100, unit: 'ms' },
      {
        what: `engine's memory for it, ${how} stalled ${stall} s`,
        value: Math.max(0, after.memory - before.memory) / 2 ** 20,
        under: 2,
        unit: 'MB',
      },
    );
  }
  return figures;
}
