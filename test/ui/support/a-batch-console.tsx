import { afterEach } from 'vitest';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import type { EngineClient } from '../../../src/protocol/client.js';
import { handleOr, type TakeCommand } from '../../../src/protocol/commands.js';
import { ConsoleModel } from '../../../src/ui/model/console-model.js';
import { BatchConsoleContext } from '../../../src/ui/model/context.js';
import type { ConsoleServices, PlanReadAgain, Restarted, Saved } from '../../../src/ui/model/services.js';
import type { ConsoleParts } from '../../../src/ui/run-console.js';
import { batchScreens } from '../../../src/ui/screens/batch-screens.js';
import { withinStart } from '../../../src/ui/screens/start/SmallStart.js';
import type { StartChoice, StartServices } from '../../../src/ui/screens/start/services.js';
import { startScreens } from '../../../src/ui/screens/start/start-screens.js';
import type { ScreenSize } from '../../../src/ui/terminal/tty.js';
import { NOW } from './a-batch.js';
import { AConsole } from './a-console.js';
import { ManualClock } from './manual-clock.js';
import type { PaperEngine } from './paper-engine.js';

/** The files that were saved, and the answer to a restart. */
class PaperServices implements ConsoleServices {
  readonly operator = 'eva';
  readonly typed = 'school-2026';
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  planPath: string | null = null;
  readonly plansRead: { readonly path: string; readonly mailboxes: readonly string[] }[] = [];
  planRead: PlanReadAgain = { ok: false, why: 'school.csv: there is no such file' };
  restarted: Restarted = { ok: false, why: 'no engine in this test' };
  restarts = 0;

  wholePath(typed: string): string {
    return typed.replace(/^~/, '/home/op');
  }

  async save(name: string, text: string): Promise<Saved> {
    this.saved.push({ name, text });
    return { ok: true, path: `/home/op/${name}` };
  }

  async planAgain(path: string, mailboxes: readonly string[]): Promise<PlanReadAgain> {
    this.plansRead.push({ path, mailboxes });
    return this.planRead;
  }

  /** The status of the files when the engine has ended. */
  files: readonly ErrorGroupEntity[] = [];

  readonly afterTheEnd: TakeCommand = (command) =>
    handleOr({ errors: () => ({ ok: true, errors: this.files }) }, command, {
      ok: false,
      why: 'the batch has ended: `nightferry resume school-2026` goes on',
    });

  /** The engine that another console started. */
  another: EngineClient | null = null;

  async rejoin(): Promise<EngineClient | null> {
    return this.another;
  }

  async restart(): Promise<Restarted> {
    this.restarts += 1;
    return this.restarted;
  }
}

export const SMALL: ScreenSize = { columns: 80, rows: 24 };
export const MIDDLE: ScreenSize = { columns: 120, rows: 40 };
export const LARGE: ScreenSize = { columns: 200, rows: 60 };

/** Consoles that a test did not leave by itself. */
const open = new Set<AConsole>();

afterEach(async () => {
  for (const console of open) {
    console.keyboard.end();
    await console.ended;
  }
  open.clear();
});

function opened(console: AConsole): AConsole {
  open.add(console);
  void console.ended.then(() => open.delete(console));
  return console;
}

export interface ABatchConsole {
  readonly console: AConsole;
  readonly model: ConsoleModel;
  readonly services: PaperServices;
}

/** A console on a batch, read whole, as the operator sees it first. */
export async function aBatchConsole(
  engine: PaperEngine,
  size: ScreenSize = SMALL,
  access: 'full' | 'read-only' = 'full',
  more: Partial<ConsoleParts> = {},
): Promise<ABatchConsole> {
  const clock = new ManualClock(NOW);
  const services = new PaperServices();
  const model = new ConsoleModel(engine, clock, services);
  await model.open();
  const console = new AConsole(
    batchScreens(() => model.view().batch?.name ?? 'nightferry'),
    size,
    {
      client: engine,
      access,
      within: (screens) => (
        <BatchConsoleContext.Provider value={{ model, services }}>{screens}</BatchConsoleContext.Provider>
      ),
      ...more,
    },
    clock,
  );
  await opened(console).screen();
  return { console, model, services };
}

/** The start screen, and what it was left with. */
export async function aStartConsole(
  services: StartServices,
  size: ScreenSize = SMALL,
  access: 'full' | 'read-only' = 'full',
): Promise<{ readonly console: AConsole; readonly choices: StartChoice[] }> {
  const choices: StartChoice[] = [];
  const choose = (choice: StartChoice, leave: (exitCode: number) => void): void => {
    choices.push(choice);
    leave(0);
  };
  const console = new AConsole(startScreens(), size, {
    access,
    within: (screens) => withinStart({ services, choose }, screens),
  });
  await opened(console).screen();
  return { console, choices };
}
