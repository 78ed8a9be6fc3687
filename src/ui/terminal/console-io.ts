import type { ReadStream, WriteStream } from 'node:tty';
import type { Clock } from '../../words/clock.js';
import type { KeyInput } from './key-reader.js';
import type { ProcessEvents } from './lifecycle.js';
import { openTerminal, type TerminalOutput } from './tty.js';

/** The terminal and the process, as the console sees them. */
export interface ConsoleIo {
  readonly input: KeyInput;
  readonly output: TerminalOutput;
  readonly process: ProcessEvents;
  /** @returns how to stop listening */
  onResize(listener: () => void): () => void;
}

/**
 * The terminal of this process.
 *
 * @returns null where it cannot be opened without blocking: then lines are printed
 */
export function realTerminal(stdin: ReadStream, stdout: WriteStream, clock: Clock): ConsoleIo | null {
  const output = openTerminal(() => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }), clock);
  if (!output) return null;
  return {
    input: stdin,
    output,
    process: {
      on: (event, listener) => process.on(event as 'exit', listener),
      off: (event, listener) => process.off(event, listener),
      kill: (pid, signal) => process.kill(pid, signal),
    },
    onResize(listener) {
      stdout.on('resize', listener);
      return () => stdout.off('resize', listener);
    },
  };
}
