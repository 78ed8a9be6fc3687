import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EmulatedTerminal } from '../ui/support/paper-terminal.js';

/** The demo as `npm run demo` starts it: built before the tests run. NIGHTFERRY_DEMO names another build. */
const DEMO = process.env.NIGHTFERRY_DEMO ?? new URL('../../dist/demo/main.js', import.meta.url).pathname;
const SIZE = { columns: 80, rows: 24 };
/** A whole quick night on a machine that is busy with other things. */
const HANGS_AFTER_MS = 200_000;

beforeAll(() => expect(existsSync(DEMO), 'run `npm run build` first').toBe(true));

const open: IPty[] = [];
afterEach(() => {
  for (const pty of open.splice(0)) pty.kill('SIGKILL');
});

/** The demo in a terminal. */
function played(...words: readonly string[]) {
  const { CI: _, NO_COLOR: __, LC_ALL: ___, ...inherited } = process.env;
  const env = { ...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8' } as Record<string, string>;
  const pty = spawn(process.execPath, [DEMO, ...words], { cols: SIZE.columns, rows: SIZE.rows, cwd: tmpdir(), env });
  open.push(pty);
  const terminal = new EmulatedTerminal(SIZE);
  let shown = Promise.resolve();
  let raw = '';
  pty.onData((text) => {
    raw += text;
    shown = shown.then(() => terminal.show(text));
  });
  const exit = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      open.splice(open.indexOf(pty), 1);
      resolve(signal ? 128 + signal : exitCode);
    });
  });
  const text = async () => {
    await shown;
    return terminal.text().join('\n');
  };
  return {
    exit,
    text,
    raw: () => raw,
    types: (keys: string) => pty.write(keys),
    shows: (what: RegExp) => expect.poll(text, { timeout: HANGS_AFTER_MS, interval: 50 }).toMatch(what),
  };
}

describe('the demo in a terminal', () => {
  it('is watched in the console to its end, and counted after', { timeout: 2 * HANGS_AFTER_MS }, async () => {
    const demo = played('--quick');
    await demo.shows(/mail\.old\.example\S* → mail\.new\.example[\s\S]*workers/);
    await demo.shows(/tom@school\.example .*AUTHENTICATIONFAILED/);
    await demo.shows(/ended \d\d:\d\d, errors are open/);
    demo.types('e');
    await demo.shows(/night › errors[\s\S]*TOOBIG/);
    demo.types('q');
    await demo.shows(/As scripted\. The program itself ends with 3:/);
    expect(await demo.exit).toBe(0);
    // The hostile texts of eve's servers: the clipboard, the window's name, the screen.
    expect(demo.raw()).not.toMatch(/\u001b\]52|all is well|\u202e/);
  });

  it('is broken off where somebody leaves before the end', { timeout: 2 * HANGS_AFTER_MS }, async () => {
    const demo = played();
    await demo.shows(/ann@school\.example [\s\S]*copying/);
    demo.types('q');
    await demo.shows(/Left before the end of the story: nothing was counted\./);
    expect(await demo.exit).toBe(4);
  });

  it('is told in lines where that is asked for', { timeout: 2 * HANGS_AFTER_MS }, async () => {
    const demo = played('--plain', '--quick');
    await demo.shows(/As scripted\. The program itself ends with 3:/);
    expect(await demo.exit).toBe(0);
    expect(demo.raw()).not.toContain('\u001b[?1049h');
  });
});
