import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Access } from '../../protocol/client.js';
import { STOPPED_BEFORE_THE_END } from '../../protocol/exit-code.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { planAgain } from '../desk/plan-again.js';
import { wholePath } from '../input/whole-path.js';
import { asTyped } from '../output/as-typed.js';
import { typedPasswordLines } from '../output/typed-passwords.js';
import type { OnScreen } from '../process/display.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';
import { reachEngine } from '../reach/reach-engine.js';
import { afterTheEnd } from './after-the-end.js';
import { EngineWatch } from './engine-watch.js';
import { endingWords, farewell } from './farewell.js';
import type { Launched, RunningLaunch } from './launched.js';
import { listenAtOnce } from './listen-at-once.js';

export interface ConsoleRun {
  readonly launched: RunningLaunch;
  readonly store: BatchStore;
  readonly access: Access;
  readonly screen: OnScreen;
  /** Starts the engine again after it died. */
  readonly restart: () => Promise<Launched>;
}

/**
 * Opens a console on a batch at work and waits until it is left.
 *
 * @returns 0 when the engine goes on, else the batch's exit code
 */
export async function openConsole(run: ConsoleRun, io: Environment & Version & Timing): Promise<number> {
  const { store, access } = run;
  const { mode, launcher } = run.screen;
  const consoles = await launcher.loadConsoles();
  const watch = new EngineWatch(run.launched);
  const code = await consoles.onBatch({
    client: watch.client,
    access,
    mode,
    services: {
      operator: operatorName(io),
      typed: asTyped(store, io),
      wholePath: (typed) => wholePath(typed, io),
      save: (name, text) => save(io.cwd, name, text),
      planPath: store.batch.planPath,
      planAgain: (path, ids) => planAgain(store, watch.client, { path: wholePath(path, io), ids }, io),
      afterTheEnd: (command) => afterTheEnd(store, command, io),
      async rejoin() {
        // One of another version is none to go on with.
        const client = await reachEngine(store, io, access).catch(() => null);
        return client && watch.follow({ kind: 'running', client: listenAtOnce(client), exitCode: null });
      },
      async restart() {
        try {
          const launched = await run.restart();
          if (launched.kind === 'running') return { ok: true, client: watch.follow(launched) };
          watch.ended(launched.exitCode);
          return { ok: false, why: `the engine ended at once: ${endingWords(launched.exitCode)}` };
        } catch (error) {
          if (error instanceof BadInput) return { ok: false, why: error.message };
          throw error;
        }
      },
    },
    farewell: () =>
      [farewell(store.name, asTyped(store, io), watch.state), ...typedPasswordLines(watch.typed).map(reminder)].join(
        '',
      ),
  });
  watch.client.close();
  const { state } = watch;
  if (state.kind === 'ended' || state.kind === 'waiting') return state.exitCode;
  if (code !== 0) return code;
  return state.kind === 'died' ? STOPPED_BEFORE_THE_END : 0;
}

const reminder = (line: string) => `${harmless(line)}\n`;

/** Into a new file in the working folder: nothing that is there is written over. */
async function save(
  folder: string,
  name: string,
  text: string,
): Promise<{ ok: true; path: string } | { ok: false; why: string }> {
  const path = join(folder, basename(name));
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    return { ok: true, path };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { ok: false, why: code === 'EEXIST' ? `${path} is there already` : `${path}: ${code ?? 'unknown error'}` };
  }
}
