import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorGroupEntity } from '../../src/protocol/answers.js';
import type { MailboxEntity, Status } from '../../src/protocol/entities.js';
import type { EngineEvent, FailureLine, LogLine } from '../../src/protocol/events.js';
import { OWN_CLOCK } from './own-clock.js';

/** The program as it is installed: built before the tests run. NIGHTFERRY_CLI names another build. */
const CLI = process.env.NIGHTFERRY_CLI ?? new URL('../../dist/src/cli.js', import.meta.url).pathname;

/** How a run ended, and what it said. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Its JSON lines, in order. */
  readonly events: readonly EngineEvent[];
  readonly out: string;
  readonly err: string;
  /** Most memory that it held, in bytes, as far as it was seen (Linux); 0 elsewhere. */
  readonly peakRss: number;
}

export interface Running {
  readonly ended: Promise<Ended>;
  /** Its output so far. */
  readonly events: readonly EngineEvent[];
  out(): string;
  kill(signal: NodeJS.Signals): void;
}

export interface RunOptions {
  readonly passwords?: { readonly source?: string; readonly destination?: string };
  /** A state folder other than the operator's own, e.g. an empty one: the first was lost. */
  readonly state?: string;
  /** Variables besides the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
}

/** An operator with a state folder and the passwords of both sides in the environment. */
export class Operator {
  readonly #running = new Set<ChildProcess>();

  private constructor(readonly dir: string) {}

  static async arrive(): Promise<Operator> {
    if (!existsSync(CLI)) throw new Error('run `npm run build` first');
    return new Operator(await mkdtemp(join(tmpdir(), 'nf-operator-')));
  }

  /** Kills what is left and removes all that was written. */
  async leave(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** A folder for state that nothing was written to yet. */
  emptyState(): Promise<string> {
    return mkdtemp(join(this.dir, 'state-'));
  }

  async file(name: string, text: string): Promise<string> {
    const path = join(this.dir, name);
    await writeFile(path, text);
    return path;
  }

  /** The text of each file that the program keeps in the operator's own state folder. */
  async kept(): Promise<readonly string[]> {
    const all = await readdir(join(this.dir, 'state'), { recursive: true, withFileTypes: true });
    const files = all.filter((entry) => entry.isFile());
    return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  }

  start(argv: readonly string[], { passwords, state, env }: RunOptions = {}): Running {
    const named = state === 'none to name' ? [] : ['--state', state ?? join(this.dir, 'state')];
    const child = spawn(process.execPath, [CLI, ...argv, ...named], {
      cwd: this.dir,
      env: {
        ...OWN_CLOCK,
        PATH: process.env.PATH,
        HOME: this.dir,
        NIGHTFERRY_SOURCE_PASSWORD: passwords?.source ?? 'pass',
        NIGHTFERRY_DESTINATION_PASSWORD: passwords?.destination ?? 'pass',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    const events: EngineEvent[] = [];
    const said = { out: '', err: '', line: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
      const lines = (said.line + text).split('\n');
      said.line = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('{"v":')) events.push(JSON.parse(line) as EngineEvent);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    let peakRss = 0;
    const watch = setInterval(() => {
      peakRss = Math.max(peakRss, peakRssOf(child.pid));
    }, 25);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearInterval(watch);
        this.#running.delete(child);
        resolve({ code, signal, events, out: said.out, err: said.err, peakRss });
      });
    });
    return { ended, events, out: () => said.out, kill: (signal) => child.kill(signal) };
  }

  run(argv: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return this.start(argv, options).ended;
  }

  /** `nightferry errors NAME --json`. */
  async errors(batch: string, options: RunOptions = {}): Promise<readonly ErrorGroupEntity[]> {
    const { out } = await this.run(['errors', batch, '--json'], options);
    return (JSON.parse(out) as { groups: ErrorGroupEntity[] }).groups;
  }

  /** `nightferry status NAME --json`. */
  async status(batch: string, options: RunOptions = {}): Promise<Status> {
    const { out } = await this.run(['status', batch, '--json'], options);
    return JSON.parse(out) as Status;
  }
}

/** The last that was said of a mailbox. */
export function lastOf({ events }: Pick<Ended, 'events'>, email?: string): MailboxEntity {
  const said = events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));
  const last = said.findLast((mailbox) => email === undefined || mailbox.email === email);
  if (last === undefined) throw new Error(`nothing was said of ${email ?? 'a mailbox'}`);
  return last;
}

export function failuresIn({ events }: Pick<Ended, 'events'>): readonly FailureLine[] {
  return events.flatMap((event) => (event.type === 'failure' ? [event.failure] : []));
}

function logOf({ events }: Pick<Ended, 'events'>): readonly LogLine[] {
  return events.flatMap((event) => (event.type === 'log' ? [event.line] : []));
}

/** The text to read first when a run ended otherwise than it should. */
export function story(ended: Ended): string {
  const lines = logOf(ended).map(({ level, folder, text }) => `${level} ${folder ?? ''} ${text}`);
  const failures = failuresIn(ended).map(({ command, folder, uids, response }) =>
    [command, folder, uids, response].join(' '),
  );
  return [`exit ${ended.code ?? ended.signal}`, ended.err, ...lines, ...failures].join('\n');
}

function peakRssOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
