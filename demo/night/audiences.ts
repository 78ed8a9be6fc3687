import type { ReadStream } from 'node:tty';
import type { Output } from '../../src/commands/process/io.js';
import { streamOutput } from '../../src/commands/process/output.js';
import { chooseMode } from '../../src/ui/terminal/mode.js';
import { systemClock } from '../../src/words/clock.js';
import type { Stage } from './play.js';
import { Teller } from './teller.js';

/** Stopped before the end, as the program says it. */
const LEFT_EARLY = 4;

/** How a night is shown. */
export interface Shown extends Pick<Stage, 'audience' | 'err'> {
  /** The exit code where somebody left before the end; null: they did not. */
  leftEarly(): number | null;
  /** Text that had to wait for the screen to be free. */
  atLast(): Promise<void>;
}

/** By the lines that the program prints without a terminal. */
export function linesFor(out: Output, err: Output): Shown {
  return {
    err,
    audience: (engine, clock) => {
      const teller = new Teller(out, clock.now);
      teller.note({ type: 'batch', batch: engine.status().batch });
      engine.onEvent((event) => teller.note(event));
      return { say: (text) => teller.say(text), left: () => teller.told() };
    },
    leftEarly: () => null,
    atLast: async () => undefined,
  };
}

/** In the console. @returns null where none can be drawn */
export async function screenFor(process: NodeJS.Process): Promise<Shown | null> {
  const { stdin, stdout, stderr, env } = process;
  const mode = chooseMode({
    stdinIsTerminal: stdin.isTTY === true,
    stdoutIsTerminal: stdout.isTTY === true,
    env,
    ascii: 'by locale',
    theme: null,
    bell: 'silent',
    mouse: 'on',
  });
  if (mode.kind !== 'console') return null;
  // React and Ink are loaded only where they draw.
  const [{ watchNight }, { realTerminal }] = await Promise.all([
    import('./watch.js'),
    import('../../src/ui/terminal/console-io.js'),
  ]);
  const io = realTerminal(stdin as ReadStream, stdout, systemClock);
  if (!io) return null;
  let early: number | null = null;
  let waiting = '';
  return {
    err: {
      isTerminal: false,
      width: null,
      write: async (text) => {
        waiting += text;
      },
    },
    audience: (engine) =>
      watchNight(engine, { io, mode, clock: systemClock, cwd: process.cwd() }, (how) => {
        if (how.kind === 'early') early = how.code === 0 ? LEFT_EARLY : how.code;
      }),
    leftEarly: () => early,
    atLast: () => streamOutput(stderr).write(waiting),
  };
}
