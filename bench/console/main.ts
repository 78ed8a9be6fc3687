import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFigures } from './check.js';
import { EngineProcess } from './engine-process.js';
import type { Figure } from './figure.js';
import { killFigures } from './kills.js';
import { linkFigures } from './link.js';
import { planFigures } from './plan.js';
import { figureTable } from './table.js';

const USAGE = `npm run bench:console -- [link|plan|check|kills] [options]
  link    bytes to the terminal, keys, and readers that stall, while 100 workers run (without a word: this)
    --seconds N     count bytes over so many (10)
    --stall N       let the reader stall for so many (30)
  plan    plans of 5,000 and 50,000 mailboxes: opening them, scrolling in them
    --times N       the median of so many openings (5)
  check   checks of 200 and 5,000 mailboxes at a round trip of 40 ms: their time, memory and keys
  kills   a run without a console beside one of which the console is killed and opened 20 times
    --rounds N      so many of each, in turn (2)
    --mailboxes N   of 10,000 messages each (2)
    --rtt MS        round trip to both servers (20)
    --line KB       a second, of each connection; 0: all that it bears (1500)`;

/** `npm run bench:console`: what the console costs its terminal, its operator and its engine. */
async function main(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ seconds: text, stall: text, times: text, rounds: text, mailboxes: text, rtt: text, line: text },
      help: { type: 'boolean' },
    },
  });
  const number = (given: string | undefined, usual: number) => Number(given ?? usual);
  const lengths = { seconds: number(values.seconds, 10), stall: number(values.stall, 30) };
  const times = number(values.times, 5);
  const run = {
    rounds: number(values.rounds, 2),
    mailboxes: number(values.mailboxes, 2),
    rtt: number(values.rtt, 20),
    line: number(values.line, 1500),
  };
  const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
    link: () => withEngine((engine) => linkFigures(engine, lengths)),
    plan: () => planFigures(times),
    check: () => checkFigures(),
    kills: () => killFigures(run),
  };
  const [name = 'link', ...more] = positionals;
  const bench = benches[name];
  const wrong = [...Object.values(lengths), times, ...Object.values(run)].some((value) => !(value >= 0));
  if (values.help || wrong || !bench || more.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const figures = await bench();
  console.log(figureTable(figures));
  return figures.every(({ value, under }) => value < under) ? 0 : 1;
}

async function withEngine<T>(use: (engine: EngineProcess) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nf-bench-'));
  const engine = await EngineProcess.start(join(folder, 'engine.sock'));
  try {
    return await use(engine);
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await main(process.argv.slice(2)));
