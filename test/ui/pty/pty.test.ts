import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EmulatedTerminal } from '../support/paper-terminal.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
let folder = '';
let program = '';
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nf-pty-'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  program = join(folder, 'program.js');
  const bundle = await rolldown({
    input: join(ROOT, 'test/ui/pty/program.tsx'),
    platform: 'node',
    external: [/^ink$/, /^react$/, /^react\//],
    resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    logLevel: 'silent',
  });
  await bundle.write({ file: program, format: 'esm' });
  await bundle.close();
});
afterAll(() => rm(folder, { recursive: true }));

const SIZE = { columns: 100, rows: 30 };
/** Of 3 KB, each changes every cell: twice what all buffers hold. A program that waits stops at the ninth. */
const FRAMES_TO_STALL = 20;
/** Two busy cores are shared with all other tests: the limit is the test's own. */
const PATIENCE_MS = 25_000;

/** A program under a pty: what it draws is seen by an emulator, what it does stands in its diary. */
class OnPty {
  readonly diary = join(folder, `diary-${++runs}`);
  readonly terminal = new EmulatedTerminal(SIZE);
  readonly exit: Promise<number>;
  readonly #pty: IPty;
  #exited = false;
  #shown: Promise<void> = Promise.resolve();
  #raw = '';

  constructor(command: (diary: string) => readonly [string, ...string[]], env: Record<string, string> = {}) {
    const [file, ...args] = command(this.diary);
    const { CI: _, NO_COLOR: __, LC_ALL: ___, ...inherited } = process.env;
    const own = { TERM: 'xterm-256color', LANG: 'C.UTF-8', PS1: 'sh> ', HISTFILE: '', ...env };
    this.#pty = spawn(file, args, {
      cols: SIZE.columns,
      rows: SIZE.rows,
      cwd: folder,
      env: { ...inherited, ...own } as Record<string, string>,
    });
    this.#pty.onData((text) => {
      this.#raw += text;
      this.#shown = this.#shown.then(() => this.terminal.show(text));
    });
    this.exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#exited = true;
        resolve(signal ? 128 + signal : exitCode);
      });
    });
    all.push(this);
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /**
   * One key after the other, each with an entry in the diary: what comes in one chunk is drawn in a few frames,
   * and a wait by the clock would be too short on a busy machine.
   */
  async changesEveryCell(times: number): Promise<void> {
    for (let n = 1; n <= times; n++) {
      this.type('xw');
      await this.wrote(new RegExp(`^(?:alive\n){${n}}`));
    }
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize({ columns, rows });
    this.#pty.resize(columns, rows);
  }

  stall(): void {
    this.#pty.pause();
  }

  goOn(): void {
    this.#pty.resume();
  }

  signal(name: string): void {
    process.kill(this.#pty.pid, name);
  }

  get raw(): string {
    return this.#raw;
  }

  async screen(): Promise<string> {
    await this.#shown;
    return this.terminal.text().join('\n');
  }

  async shows(what: RegExp): Promise<string> {
    await expect.poll(() => this.screen(), { timeout: PATIENCE_MS, interval: 25 }).toMatch(what);
    return this.screen();
  }

  async wrote(what: RegExp): Promise<void> {
    const read = async () => (existsSync(this.diary) ? await readFile(this.diary, 'utf8') : '');
    await expect.poll(read, { timeout: PATIENCE_MS, interval: 10 }).toMatch(what);
  }

  /** The other end of the line is gone. */
  hangUp(): void {
    if (this.#exited) return;
    this.#pty.kill('SIGHUP');
  }

  /** Whatever a failed test left running. */
  clear(): void {
    if (!this.#exited) this.#pty.kill('SIGKILL');
  }
}

let all: OnPty[] = [];
afterEach(() => {
  for (const one of all) one.clear();
  all = [];
});

const direct = (diary: string) => [process.execPath, program, diary] as const;
const inShell = () => ['bash', '--norc', '--noprofile', '-i'] as const;

/** The title is kept, ours is set, and the one before is taken back: as often as the screen is. */
function expectTitlePutBack({ raw }: OnPty, times = 1): void {
  const signs = [...raw.matchAll(/\u001b\[22;2t|\u001b\[23;2t|\u001b\]2;([^\u0007]*)\u0007/g)];
  const once = ['\u001b[22;2t', '\u001b]2;a batch\u0007', '\u001b]2;\u0007', '\u001b[23;2t'];
  const ours = signs.map(([sign]) => sign).filter((sign) => once.includes(sign));
  expect(ours).toEqual(Array.from({ length: times }, () => once).flat());
}

describe('a console on a terminal', () => {
  it('is drawn, answers, resizes and is left without a trace', async () => {
    const it = new OnPty(inShell);
    it.type(
      `${process.execPath} ${program} ${it.diary}; echo code $?; stty -a | tr ';' '\\n' | grep -wE 'icanon|echo'\r`,
    );
    await it.shows(/round 0 {2}100x29/);
    expect(it.terminal.buffer).toBe('alternate');
    it.type('xxx');
    await it.shows(/round 3 /);
    it.resize(120, 40);
    await it.shows(/round 3 {2}120x39[\s\S]*q leave\s*$/);
    it.resize(70, 20);
    await it.shows(/The terminal is 70x20/);
    it.resize(SIZE.columns, SIZE.rows);
    await it.shows(/round \d {2}100x29/);
    it.type('q');
    const left = await it.shows(/the engine goes on\s+code 0[\s\S]*icanon[\s\S]* echo /);
    expect(left).not.toMatch(/-icanon| -echo /);
    expect(it.terminal.buffer).toBe('normal');
    expect(it.raw).toMatch(/\u001b\[\?25h[\s\S]*the engine goes on/);
    expectTitlePutBack(it);
  });

  it('stops with Ctrl-Z, gives the terminal back to the shell, and goes on with fg', async () => {
    const it = new OnPty(inShell);
    it.type(`${process.execPath} ${program} ${it.diary}\r`);
    await it.shows(/round 0 /);
    it.type('x');
    await it.shows(/round 1 /);
    it.type('\u001a');
    await it.shows(/Stopped/);
    expect(it.terminal.buffer).toBe('normal');
    it.type('echo "a""b"\r');
    await it.shows(/\nab\s/);
    it.type('fg\r');
    await it.shows(/round 1 [\s\S]*q leave\s*$/);
    it.type('x');
    await it.shows(/round 2 /);
    it.type('q');
    await it.shows(/the engine goes on/);
    expect(it.terminal.buffer).toBe('normal');
    expectTitlePutBack(it, 2);
  });

  it('ends with a hangup, and with it alone', async () => {
    const it = new OnPty(direct);
    await it.shows(/round 0 /);
    it.hangUp();
    await it.wrote(/ended 129/);
    expect(await it.exit).toBe(129);
  });

  it('ends with SIGTERM, the terminal as it was', async () => {
    const it = new OnPty(direct);
    await it.shows(/round 0 /);
    it.signal('SIGTERM');
    expect(await it.exit).toBe(143);
    await it.screen();
    expect(it.terminal.buffer).toBe('normal');
    expect(it.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(it.raw.lastIndexOf('\u001b[?25l'));
    expectTitlePutBack(it);
  });

  it('shows the stack of what nobody caught, on the normal screen', async () => {
    const it = new OnPty(direct);
    await it.shows(/round 0 /);
    it.type('t');
    expect(await it.exit).toBe(1);
    await it.shows(/Error: nobody waits for this/);
    expect(it.terminal.buffer).toBe('normal');
    expectTitlePutBack(it);
  });

  it('reads keys and ends while its terminal takes nothing', async () => {
    const it = new OnPty(direct);
    await it.shows(/round 0 /);
    it.stall();
    await it.changesEveryCell(FRAMES_TO_STALL);
    it.type('q');
    await it.wrote(/ended 0/);
  });

  it('goes on with the last frame once its terminal takes again', async () => {
    const it = new OnPty(direct);
    await it.shows(/round 0 /);
    it.stall();
    await it.changesEveryCell(FRAMES_TO_STALL);
    it.goOn();
    const screen = await it.shows(new RegExp(`round ${FRAMES_TO_STALL} `));
    const [, first = ''] = screen.split('\n');
    expect(first).toBe(String.fromCharCode(97 + (FRAMES_TO_STALL % 26)).repeat(SIZE.columns));
    it.type('q');
    expect(await it.exit).toBe(0);
  });

  it.each([
    [{ TERM: 'dumb' }, /plain: a terminal of type "dumb"/],
    [{ INK_SCREEN_READER: 'true' }, /plain: a screen reader is asked for/],
  ])('is not drawn with %j', async (env, said) => {
    const it = new OnPty(direct, env as Record<string, string>);
    await it.shows(said);
    expect(await it.exit).toBe(9);
    expect(it.raw).not.toContain('\u001b[?1049h');
  });

  it('is drawn in ASCII in the C locale, and without colours where they are not wanted', async () => {
    const it = new OnPty(direct, { LANG: 'C', NO_COLOR: '1' });
    await it.shows(/round 0 [\s\S]*q leave/);
    expect(it.raw).toMatch(/^[\u0007\u001b\r\n\u0020-\u007e]+$/);
    expect(it.raw).not.toMatch(/\u001b\[[\d;]*(?:3|9)[0-7]m/);
    it.type('q');
    expect(await it.exit).toBe(0);
  });
});
