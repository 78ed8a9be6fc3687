import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/commands/main.js';
import { type Io, type Output, OutputClosed, type Signal } from '../../src/commands/process/io.js';
import type { Probed } from '../../src/engine/login/probe.js';
import type { EngineParts, StartEngine } from '../../src/engine/running-engine.js';
import type { Endpoint } from '../../src/store/batch/batch.js';
import { systemClock } from '../../src/words/clock.js';
import type { Side } from '../../src/words/side.js';
import { aMailbox, FakeEngine } from '../support/fake-engine.js';

/** Output that a test reads, and can stall or close. */
export class Paper implements Output {
  readonly isTerminal = false;
  width: number | null = null;
  text = '';
  closed = false;
  /** Set: writes wait for it. */
  stalled: Promise<void> | null = null;

  async write(text: string): Promise<void> {
    if (this.closed) throw new OutputClosed('EPIPE');
    if (this.stalled) await this.stalled;
    this.text += text;
  }

  get lines(): string[] {
    return this.text.split('\n').filter((line) => line !== '');
  }
}

/** Somebody at the command line, in a folder of their own, with an engine that does what the test says. */
export class AnOperator {
  out = new Paper();
  err = new Paper();
  readonly env: Record<string, string | undefined> = {};
  readonly questions: string[] = [];
  /** The answers at hidden prompts; null: no terminal. */
  types: string[] | null = null;
  stdin: string[] | null = null;
  version = '0.1.0';
  zone = 'UTC';
  /** The findings of a look at a server. */
  probes: (side: Side, endpoint: Endpoint) => Probed = () => ({ kind: 'answers' });
  /** The input of each started engine. */
  readonly started: EngineParts[] = [];
  readonly engines: FakeEngine[] = [];
  /** The behaviour of an engine once it runs. */
  work: (engine: FakeEngine, parts: EngineParts) => void | Promise<void> = (engine) => engine.end(0);
  readonly #signals = new Map<Signal, Set<() => void>>();

  private constructor(readonly dir: string) {}

  static async atWork(): Promise<AnOperator> {
    const operator = new AnOperator(await mkdtemp(join(tmpdir(), 'nf-op-')));
    operator.env.XDG_RUNTIME_DIR = operator.dir;
    return operator;
  }

  async goesHome(): Promise<void> {
    await rm(this.dir, { recursive: true });
  }

  /** Runs a command with `--state` in the operator's folder. @returns the exit code */
  runs(...argv: string[]): Promise<number> {
    return main(argv, this.io());
  }

  /** New paper, as in another terminal: what runs already goes on printing on the old. */
  clears(): this {
    this.out = new Paper();
    this.err = new Paper();
    return this;
  }

  async writes(file: string, text: string): Promise<string> {
    const path = join(this.dir, file);
    await writeFile(path, text);
    return path;
  }

  signals(signal: Signal): void {
    for (const listener of [...(this.#signals.get(signal) ?? [])]) listener();
  }

  get listening(): number {
    return [...this.#signals.values()].reduce((sum, set) => sum + set.size, 0);
  }

  get state(): string {
    return join(this.dir, 'state', 'nightferry');
  }

  /** Everything below the state folder. */
  async stored(): Promise<string[]> {
    return readdir(this.state, { recursive: true }).catch(() => []);
  }

  io(): Io {
    this.env.XDG_STATE_HOME = join(this.dir, 'state');
    const types = this.types;
    return {
      out: this.out,
      err: this.err,
      askHidden:
        types &&
        (async (question) => {
          this.questions.push(question);
          return types.shift() ?? '';
        }),
      confirm:
        types &&
        (async (question) => {
          this.questions.push(question);
          return types.shift() === 'y';
        }),
      probe: async (side, endpoint) => this.probes(side, endpoint),
      stdinLines: () => lines(this.stdin ?? []),
      stdinIsTerminal: this.stdin === null,
      env: this.env,
      cwd: this.dir,
      home: this.dir,
      tmp: this.dir,
      uid: process.getuid?.() ?? 0,
      version: this.version,
      zone: this.zone,
      clock: systemClock,
      random: () => 0.5,
      onSignal: (signal, listener) => {
        const set = this.#signals.get(signal) ?? new Set();
        this.#signals.set(signal, set.add(listener));
        return () => set.delete(listener);
      },
      loadEngine: async () => this.#startEngine,
      launcher: null,
    };
  }

  readonly #startEngine: StartEngine = (parts) => {
    this.started.push(parts);
    const rows = parts.batch.mailboxes;
    const engine = new FakeEngine(
      rows.map((row) => aMailbox(row.id, { email: row.email })),
      { name: parts.batch.name },
    );
    this.engines.push(engine);
    const run = engine.run.bind(engine);
    engine.run = async () => {
      await this.work(engine, parts);
      return run();
    };
    return engine;
  };
}

async function* lines(texts: readonly string[]): AsyncIterable<string> {
  yield* texts;
}
