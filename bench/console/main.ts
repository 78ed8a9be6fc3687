import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EngineProcess } from './engine-process.js';
import { bytesFigures, type Figure, keyFigure, stallFigures } from './figures.js';
import { figureTable } from './table.js';

const USAGE = `npm run bench:console -- [options]
  --seconds N   count bytes over so many (10)
  --stall N     let the reader stall for so many (30)`;

/** `npm run bench:console`: what the console costs its terminal, its operator and its engine. */
async function main(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { seconds: text, stall: text, help: { type: 'boolean' } } });
  const lengths = { seconds: Number(values.seconds ?? 10), stall: Number(values.stall ?? 30) };
  if (values.help || !(lengths.seconds > 0 && lengths.stall > 0)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'nf-bench-'));
  const engine = await EngineProcess.start(join(folder, 'engine.sock'));
  try {
    const figures: Figure[] = [
      ...(await bytesFigures(engine, lengths)),
      await keyFigure(engine),
      ...(await stallFigures(engine, lengths)),
    ];
    console.log(figureTable(figures));
    return figures.every(({ value, under }) => value < under) ? 0 : 1;
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await main(process.argv.slice(2)));
