import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSWORD } from '../lab/dovecot.js';
import { type BenchServers, startEmbedded } from '../servers.js';
import { sleep } from './console-on-pty.js';
import { type Figure, median } from './figure.js';
import { Nightferry, opened, peakMemory } from './nightferry.js';
import { pressAll } from './presses.js';
import type { Size } from './screen.js';

const SIZE: Size = { columns: 120, rows: 40 };
/** In the table of all mailboxes: one row, a page, both ends. */
const KEYS = ['j', 'j', 'j', '\u001b[6~', 'j', '\u001b[6~', '\u001b[5~', 'G', 'k', 'g'];
const PRESSES = 60;
const PUPIL = /pupil\d+@/;

/** How large a plan is, and what it may cost. */
interface Bounds {
  readonly rows: number;
  /** Milliseconds from the command to the first whole screen. */
  readonly opens: number;
  /** Bytes of the console's process at its most. */
  readonly memory: number;
}

const PLANS: readonly Bounds[] = [
  { rows: 5_000, opens: 1_000, memory: 300e6 },
  { rows: 50_000, opens: 5_000, memory: 300e6 },
];

/** The cost of a plan of many mailboxes to whoever looks at it: all but one of them wait for their turn. */
export async function planFigures(times: number): Promise<Figure[]> {
  const servers = await startEmbedded('a plan needs none');
  try {
    const figures: Figure[] = [];
    for (const bounds of PLANS) figures.push(...(await onePlan(servers, bounds, times)));
    return figures;
  } finally {
    await servers.stop();
  }
}

async function onePlan(servers: BenchServers, bounds: Bounds, times: number): Promise<Figure[]> {
  const dir = await mkdtemp(join(servers.dir, 'plan-'));
  const plan = join(dir, 'plan.csv');
  await writeFile(plan, planOf(bounds.rows));
  const rows = `${bounds.rows.toLocaleString('en')} rows`;
  const ran: number[] = [];
  let memory = 0;
  let night = new Nightferry(dir, 'plan');
  try {
    while (true) {
      const first = night.runs(plan, servers, SIZE);
      ran.push(await opened(first, PUPIL));
      memory = Math.max(memory, (await peakMemory(first.pid)) ?? 0);
      await first.kill();
      if (ran.length === times) break;
      await night.stop();
      night = new Nightferry(dir, `plan-${ran.length}`);
    }
    const attached: number[] = [];
    let console = night.attaches(SIZE);
    attached.push(await opened(console, PUPIL));
    while (attached.length < times) {
      await console.kill();
      console = night.attaches(SIZE);
      attached.push(await opened(console, PUPIL));
    }
    await sleep(1000);
    // From panes to the table of all.
    await console.press('t');
    const keys = await pressAll(console, KEYS, PRESSES, `table of ${rows}`);
    const later = await peakMemory(console.pid);
    await console.kill();
    const peak = Math.max(memory, later ?? 0);
    return [
      { what: `run to a whole screen, ${rows}`, value: median(ran), under: bounds.opens, unit: 'ms' },
      { what: `attach to a whole screen, ${rows}`, value: median(attached), under: bounds.opens, unit: 'ms' },
      ...keys,
      { what: `console's memory at its most, ${rows}`, value: peak / 1e6, under: bounds.memory / 1e6, unit: 'MB' },
    ];
  } finally {
    await night.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** The names are those of a school, in no order. */
export function planOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const user = `pupil${(n * 7919) % rows}@school.example`;
    return `${user},${user},${PASSWORD},${PASSWORD}\n`;
  });
  return `EmailAddress,UserName,Password,DestinationPassword\n${lines.join('')}`;
}
