import type { Display } from '../process/display.js';
import type { Io } from '../process/io.js';
import type { Run } from './run.js';

/**
 * Runs a batch: in a terminal by an engine of its own with a console on it, else in this process with lines.
 *
 * @returns the exit code
 */
export async function runBatch(run: Run, display: Display, io: Io): Promise<number> {
  if (display.kind === 'lines') return (await import('./foreground.js')).runForeground(run, display.format, io);
  const { runDetached } = await import('./run-detached.js');
  return runDetached(run, display, io);
}

/** In a terminal a console can answer for a password that is missing. */
export function lackingIn(display: Display): 'refuse' | 'hold some' {
  return display.kind === 'console' ? 'hold some' : 'refuse';
}
