import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedServer } from '../embedded-program.js';
import { ConsoleOnPty } from './console-on-pty.js';
import type { Figure } from './figure.js';
import { CLI, peakMemory } from './nightferry.js';
import { planOf } from './plan.js';
import { pressAll } from './presses.js';

const SIZE = { columns: 120, rows: 40 };
const RTT = 40;
/** In the list of mailboxes: rows, pages, both ends. */
const KEYS = ['j', 'j', '\u001b[6~', 'j', '\u001b[5~', 'G', 'k', 'g'];

/** A check, and what it may cost. */
interface Bounds {
  readonly mailboxes: number;
  /** Messages of a mailbox, at least. */
  readonly messages: number;
  /** Keys that are pressed while it goes on. */
  readonly presses: number;
  /** Seconds from the command to its end. */
  readonly seconds: number;
  /** Bytes of its process at its most. */
  readonly memory: number;
}

const CHECKS: readonly Bounds[] = [
  { mailboxes: 200, messages: 300, presses: 0, seconds: 60, memory: 150e6 },
  { mailboxes: 5_000, messages: 30, presses: 60, seconds: 600, memory: 400e6 },
];

/** The time and memory of checks of many mailboxes at a round trip of 40 ms, and how fluent the screen is meanwhile. */
export async function checkFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const bounds of CHECKS) figures.push(...(await oneCheck(bounds)));
  return figures;
}

async function oneCheck({ mailboxes, messages, presses, seconds, memory }: Bounds): Promise<Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'nf-bench-check-'));
  const [source, destination] = await Promise.all([serverOf(mailboxes, messages), serverOf(0, 0)]);
  const rows = `${mailboxes.toLocaleString('en')} mailboxes, RTT ${RTT} ms`;
  try {
    const [plan, ca] = [join(dir, 'school.csv'), join(dir, 'cert.pem')];
    await Promise.all([writeFile(plan, planOf(mailboxes)), writeFile(ca, source.server.cert)]);
    const side = (name: string, { tlsPort }: EmbeddedServer) => [
      ...[`--${name}`, `imaps://127.0.0.1:${tlsPort}`],
      ...[`--${name}-ca`, ca],
    ];
    const words = ['check', plan, '--state', join(dir, 'state'), '--no-config'];
    const all = [CLI, ...words, ...side('source', source.server), ...side('destination', destination.server)];
    const console = new ConsoleOnPty(all, SIZE, { HOME: dir, XDG_RUNTIME_DIR: dir });
    const ends = (lines: readonly string[]) => lines.some((line) => / mailboxes {3}done/.test(line));
    const over = console.screen.until('the end of the check', ends, seconds * 3_000);
    let keys: readonly Figure[] = [];
    if (presses > 0) {
      await console.drawn();
      await console.press('\t');
      keys = await pressAll(console, KEYS, presses, `check of ${rows}`);
    }
    const took = ((await over) - console.startedAt) / 1000;
    const peak = (await peakMemory(console.pid)) ?? Number.NaN;
    console.type('q');
    await console.gone;
    return [
      { what: `check of ${rows}`, value: took, under: seconds, unit: 's' },
      { what: `its memory at its most, ${rows}`, value: peak / 1e6, under: memory / 1e6, unit: 'MB' },
      ...keys,
    ];
  } finally {
    await Promise.all([source, destination].map(({ child }) => ended(child)));
    await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function serverOf(users: number, messages: number) {
  const program = fileURLToPath(new URL('./mail-program.js', import.meta.url));
  const child = fork(program, [users, messages, RTT].map(String));
  const [server] = (await once(child, 'message')) as [EmbeddedServer];
  return { child, server };
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}
