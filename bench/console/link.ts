import { fileURLToPath } from 'node:url';
import { ConsoleOnPty, sleep } from './console-on-pty.js';
import type { EngineProcess } from './engine-process.js';
import type { Figure } from './figure.js';
import { pressAll } from './presses.js';
import type { Size } from './screen.js';

const small: Size = { columns: 80, rows: 24 };
const middle: Size = { columns: 120, rows: 40 };
const large: Size = { columns: 200, rows: 60 };

/** Keys that move the cursor and change what is shown, as an operator's would. */
/** Keys, the wheel, and clicks on two rows of the table. */
const WHEEL = '\u001b[<65;9;9M';
const CLICKS = ['\u001b[<0;9;14M', '\u001b[<0;9;10M'];
const KEYS = ['j', 'j', 'k', 't', 'j', WHEEL, ...CLICKS, 'k', 't', 's', 'n', 'l', 'n'];
const PRESSES = 110;

export interface Lengths {
  /** Seconds over which bytes are counted. */
  readonly seconds: number;
  /** Seconds that a reader stalls. */
  readonly stall: number;
}

/** The cost of the console to the line it is drawn over, and the engine when it stalls: 100 workers, 4 updates a second. */
export async function linkFigures(engine: EngineProcess, lengths: Lengths): Promise<Figure[]> {
  return [
    ...(await bytesFigures(engine, lengths)),
    ...(await keyFigures(engine)),
    ...(await stallFigures(engine, lengths)),
  ];
}

function open({ socketPath }: EngineProcess, size: Size): ConsoleOnPty {
  return new ConsoleOnPty([fileURLToPath(new URL('./console-program.js', import.meta.url)), socketPath], size);
}

async function bytesFigures(engine: EngineProcess, { seconds }: Lengths): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [size, under] of [
    [small, 2048],
    [large, 3072],
  ] as const) {
    const name = `${size.columns}x${size.rows}`;
    const console = open(engine, size);
    await console.drawn();
    const busy = await console.rate(seconds);
    engine.tell('idle');
    await sleep(1500);
    const idle = await console.rate(seconds);
    engine.tell('busy');
    await console.kill();
    figures.push(
      { what: `bytes, 100 workers, ${name}`, value: busy, under, unit: 'B/s' },
      { what: `bytes, idle, ${name}`, value: idle, under: 20, unit: 'B/s' },
    );
  }
  return figures;
}

async function keyFigures(engine: EngineProcess): Promise<Figure[]> {
  const console = open(engine, middle);
  await console.drawn();
  const figures = await pressAll(console, KEYS, PRESSES, '120x40');
  await console.kill();
  return figures;
}

/** A terminal that takes nothing, and a console that reads nothing: what the engine notices of them. */
async function stallFigures(engine: EngineProcess, { stall }: Lengths): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const how of ['terminal', 'console'] as const) {
    const console = open(engine, middle);
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
    await console.kill();
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
