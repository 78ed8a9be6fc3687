import { summaryOf } from '../../../src/commands/launch/batch-summaries.js';
import type { ErrorGroupEntity, Morning } from '../../../src/protocol/answers.js';
import type { EngineClient } from '../../../src/protocol/client.js';
import { handleOr } from '../../../src/protocol/commands.js';
import type { Status } from '../../../src/protocol/entities.js';
import { ConsoleModel } from '../../../src/ui/model/console-model.js';
import { BatchConsoleContext } from '../../../src/ui/model/context.js';
import type { ConsoleServices } from '../../../src/ui/model/services.js';
import { batchScreens } from '../../../src/ui/screens/batch-screens.js';
import type { StartServices } from '../../../src/ui/screens/start/services.js';
import { signsOf } from '../../../src/ui/select/signs.js';
import { DRAWN } from '../../../src/ui/text/glyphs.js';
import { aStartConsole, MIDDLE } from './a-batch-console.js';
import { AConsole } from './a-console.js';
import { ManualClock } from './manual-clock.js';

/** All that an engine, or the files, tell of one moment. */
export interface Moment {
  readonly status: Status;
  readonly errors: readonly ErrorGroupEntity[];
  readonly morning: Morning;
}

/** Each screen of a moment as it is drawn. */
export interface ScreensOfMoment {
  readonly night: string;
  readonly table: string;
  readonly mailbox: string;
  readonly morning: string;
  readonly errors: string;
  readonly small: string;
  readonly start: string;
  /** Of the window, beside the screens. */
  readonly title: string;
}

/** Draws all screens of a moment at 120x40; time stands still but for what frames need. */
export async function screensOf(moment: Moment): Promise<ScreensOfMoment> {
  const { console, title } = await consoleOn(moment);
  const press = async (...keys: readonly string[]): Promise<string> => {
    for (const key of keys) {
      await console.type(key);
      await console.clock.pass(300);
    }
    return console.screen();
  };
  // Whatever came first: the morning is shown to somebody who was away.
  const night = await press('n');
  const table = await press('t');
  const mailbox = await press('\r');
  const morning = await press('n', 'i');
  const errors = await press('n', 'e');
  await console.resize({ columns: 60, rows: 15 });
  const small = await console.screen();
  console.keyboard.end();
  await console.ended;
  return { night, table, mailbox, morning, errors, small, start: await startScreen(moment.status), title };
}

async function consoleOn(moment: Moment): Promise<{ readonly console: AConsole; readonly title: string }> {
  const clock = new ManualClock(moment.status.batch.now);
  const client = clientOf(moment);
  const no = async () => ({ ok: false as const, why: 'not at this moment' });
  const services: ConsoleServices = {
    operator: 'eva',
    typed: 'night',
    planPath: null,
    planAgain: no,
    wholePath: (typed) => typed,
    save: no,
    afterTheEnd: (command) => client.command(command),
    rejoin: async () => null,
    restart: no,
  };
  const model = new ConsoleModel(client, clock, services);
  await model.open();
  const console = new AConsole(
    batchScreens(() => 'night'),
    MIDDLE,
    {
      client,
      within: (screens) => (
        <BatchConsoleContext.Provider value={{ model, services }}>{screens}</BatchConsoleContext.Provider>
      ),
    },
    clock,
  );
  await console.screen();
  return { console, title: signsOf(model.view(), DRAWN).title };
}

function clientOf({ status, errors, morning }: Moment): EngineClient {
  return {
    command: (command) =>
      handleOr(
        {
          errors: () => ({ ok: true, errors }),
          morning: () => ({ ok: true, morning }),
          log: () => ({ ok: true, log: [] }),
        },
        command,
        { ok: false, why: 'not at this moment' },
      ),
    status: async () => status,
    closed: new Promise(() => undefined),
    async subscribe(listener) {
      listener({ type: 'batch', batch: status.batch });
      for (const mailbox of status.mailboxes) listener({ type: 'mailbox', mailbox });
    },
    close: () => undefined,
  };
}

async function startScreen(status: Status): Promise<string> {
  const no = async () => ({ ok: false as const, why: 'not in this test' });
  const services: StartServices = {
    batches: async () => [summaryOf(status)],
    test: async () => ({ ok: false, why: '', advice: '', at: 'server' }),
    applications: async () => [],
    ...{ signIn: no, move: no, dryRun: no, open: no, resume: no, readsPlan: no, delete: no },
  };
  const { console } = await aStartConsole(services, MIDDLE);
  return console.screen();
}
