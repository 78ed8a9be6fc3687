import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { BothSides } from '../input/credentials/gather-credentials.js';
import type { Display } from '../process/display.js';
import type { Io } from '../process/io.js';

/** All that a run needs, checked. */
export interface Run {
  readonly batch: Batch;
  readonly workspace: Workspace;
  readonly credentials: BothSides;
  /** Opened to be looked at: no mailbox starts before an operator says so. */
  readonly atRest?: boolean;
  /** Called last, when nothing can be refused any more: it creates the batch where it is new. */
  openStore(): Promise<BatchStore>;
}

/**
 * Runs a batch: in a terminal by an engine of its own with a console on it, else in this process with lines.
 *
 * @returns the exit code
 */
export async function runBatch(run: Run, display: Display, io: Io): Promise<number> {
  if (display.kind === 'lines') return (await import('../output/foreground.js')).runForeground(run, display.format, io);
  const { runDetached } = await import('./run-detached.js');
  return runDetached(run, display, io);
}

/** In a terminal a console can answer for a password that is missing. */
export function lackingIn(display: Display): 'refuse' | 'hold some' {
  return display.kind === 'console' ? 'hold some' : 'refuse';
}
