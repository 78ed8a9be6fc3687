import type { BatchStore } from '../../store/batch/batch-store.js';
import type { NoticesGiven } from '../input/notices/notice-options.js';
import { openWorkspace, type StateFlag } from '../process/command-parts.js';
import type { Environment, Launcher, Prompts, Stderr, Timing, Version } from '../process/io.js';
import { reachEngine } from '../reach/reach-engine.js';
import { launchEngine } from './launch-engine.js';
import type { Launched } from './launched.js';
import { prepareResume } from './prepare-resume.js';

/** `at rest`: no mailbox starts before an operator says so. */
export type RestartAs = 'going on' | 'at rest';

export interface RestartFlags extends StateFlag {
  /** Read before; none: they are read of the environment. */
  readonly notices?: NoticesGiven;
}

/**
 * How a console starts the engine of its batch again after it died: as `resume` would, but the screen is
 * taken, so nothing is asked for beforehand. Mailboxes without a password are held with a question.
 */
export function restartFor(
  store: BatchStore,
  flags: RestartFlags,
  launcher: Launcher,
  io: Environment & Version & Timing,
  as: RestartAs = 'going on',
): () => Promise<Launched> {
  return async () => {
    const running = await reachEngine(store, io, 'full');
    if (running) return { kind: 'running', client: running, exitCode: null };
    const workspace = await openWorkspace(flags, io);
    const silent: Environment & Prompts & Stderr = {
      ...io,
      askHidden: null,
      confirm: null,
      err: { isTerminal: false, width: null, write: async () => undefined },
    };
    const { notices } = flags;
    const run = await prepareResume(
      { store, workspace, flags: {}, lacking: 'hold', ...(notices && { notices }) },
      silent,
    );
    return launchEngine({ ...run, atRest: as === 'at rest' }, store, async () => undefined, launcher, io);
  };
}
