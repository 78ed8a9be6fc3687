import { writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { wholePath } from '../../src/commands/input/whole-path.js';
import type { RunningEngine } from '../../src/engine/running-engine.js';
import type { EngineClient } from '../../src/protocol/client.js';
import { openBatchConsole } from '../../src/ui/consoles.js';
import type { ConsoleServices } from '../../src/ui/model/services.js';
import type { ConsoleParts } from '../../src/ui/run-console.js';
import { calmClient } from './calm-client.js';
import type { Audience } from './play.js';
import { wallClock } from './story-clock.js';

/** How a watched night was left. */
export type Leaving = { readonly kind: 'after the end' } | { readonly kind: 'early'; readonly code: number };

/** Lets the night be watched in the console, in this process. Leaving it before the end breaks the night off. */
export function watchNight(
  engine: RunningEngine,
  console: Pick<ConsoleParts, 'io' | 'mode' | 'clock'> & { readonly cwd: string },
  onLeaving: (how: Leaving) => void,
): Audience {
  const client = calmClient(engine, wallClock);
  let ended = false;
  engine.onEvent(({ type }) => {
    if (type === 'end') ended = true;
  });
  const { cwd, ...world } = console;
  const open = async (): Promise<void> => {
    const code = await openBatchConsole({
      ...world,
      client,
      access: 'full',
      services: servicesIn(cwd, client),
      farewell: () => '',
    });
    onLeaving(ended ? { kind: 'after the end' } : { kind: 'early', code });
    if (!ended) await engine.command({ do: 'stop', how: 'now', mailbox: null });
  };
  // Opened when the engine runs: now it has not hired its mailboxes yet.
  const opened = new Promise((resolve) => setImmediate(resolve)).then(open);
  return { say: (text) => client.say(text), left: () => opened };
}

function servicesIn(cwd: string, client: EngineClient): ConsoleServices {
  return {
    operator: userInfo().username,
    typed: null,
    wholePath: (typed) => wholePath(typed, { cwd, home: homedir() }),
    async save(name, text) {
      const path = resolve(cwd, name);
      try {
        await writeFile(path, text, { flag: 'wx' });
        return { ok: true, path };
      } catch (error) {
        return { ok: false, why: error instanceof Error ? error.message : String(error) };
      }
    },
    planPath: null,
    planAgain: async () => ({ ok: false, why: 'the demo types its passwords' }),
    // Its engine is in this process, and stays.
    afterTheEnd: (command) => client.command(command),
    rejoin: async () => null,
    restart: async () => ({ ok: false, why: 'the engine of the demo is in this process' }),
  };
}
