import { EventMirror } from '../../../src/engine/host/event-mirror.js';
import type { RunningEngine } from '../../../src/engine/running-engine.js';
import type { EngineClient } from '../../../src/protocol/client.js';
import type { EngineEvent } from '../../../src/protocol/events.js';
import { ConsoleModel } from '../../../src/ui/model/console-model.js';
import { BatchConsoleContext } from '../../../src/ui/model/context.js';
import type { ConsoleServices } from '../../../src/ui/model/services.js';
import { batchScreens } from '../../../src/ui/screens/batch-screens.js';
import type { ScreenSize } from '../../../src/ui/terminal/tty.js';
import type { Night } from '../../support/night.js';
import { AConsole } from './a-console.js';
import { ManualClock } from './manual-clock.js';

const KEYS: Readonly<Record<string, string>> = { enter: '\r', esc: '\u001b', right: '\u001b[C', down: '\u001b[B' };

/** The real console on the engine of a {@link Night}: its keys are counted, and the night goes on between them. */
export class NightConsole {
  /** Keys that were pressed; text that was typed into a field is not among them. */
  keys = 0;

  private constructor(
    readonly night: Night,
    private readonly console: AConsole,
    private readonly tell: () => void,
  ) {}

  static async open(
    night: Night,
    engine: RunningEngine,
    services: Partial<ConsoleServices> = {},
    size: ScreenSize = { columns: 80, rows: 24 },
  ): Promise<NightConsole> {
    const clock = new ManualClock(night.clock.now());
    const { client, tell } = clientOf(engine);
    const all: ConsoleServices = {
      operator: 'eva',
      typed: 'night',
      planPath: null,
      planAgain: async () => ({ ok: false, why: 'no plan in this test' }),
      wholePath: (typed) => typed,
      save: async () => ({ ok: false, why: 'no files in this test' }),
      afterTheEnd: (command) => client.command(command),
      rejoin: async () => null,
      restart: async () => ({ ok: false, why: 'no engine in this test' }),
      ...services,
    };
    const model = new ConsoleModel(client, clock, all);
    void model.open();
    await night.clock.until(model.known);
    const console = new AConsole(
      batchScreens(() => 'night'),
      size,
      {
        client,
        within: (screens) => (
          <BatchConsoleContext.Provider value={{ model, services: all }}>{screens}</BatchConsoleContext.Provider>
        ),
      },
      clock,
    );
    const opened = new NightConsole(night, console, tell);
    await opened.screen();
    return opened;
  }

  /** Presses keys by their names, or a letter each. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.keys += 1;
      await this.#send(KEYS[key] ?? key);
      await this.screen();
    }
  }

  /** Types into a field. */
  async type(text: string): Promise<void> {
    for (const letter of text) await this.#send(letter);
    await this.screen();
  }

  /** Time of the night goes by. @param ms  milliseconds */
  async waits(ms: number): Promise<void> {
    await this.night.clock.passes(ms);
    await this.screen();
  }

  /** The screen, once it shows how things are now. */
  async screen(): Promise<string> {
    this.tell();
    const { clock } = this.console;
    await this.night.clock.until(clock.pass(Math.max(600, this.night.clock.now() - clock.now())));
    this.tell();
    await this.night.clock.until(clock.pass(600));
    return this.console.screen();
  }

  async leave(): Promise<void> {
    this.console.keyboard.end();
    await this.console.ended;
  }

  async #send(sent: string): Promise<void> {
    await this.night.clock.until(this.console.type(sent));
  }
}

/** As over the socket: what changed is told when it is asked for, and the batch with it. */
function clientOf(engine: RunningEngine): { readonly client: EngineClient; readonly tell: () => void } {
  const mirror = new EventMirror(engine.status());
  engine.onEvent((event) => mirror.note(event));
  const places = mirror.tracks.map(() => 0);
  const listeners: ((event: EngineEvent) => void)[] = [];
  const tell = (): void => {
    mirror.note({ type: 'batch', batch: engine.status().batch });
    for (const [index, track] of mirror.tracks.entries())
      for (const { seq, event } of track.since(places[index] ?? 0)) {
        places[index] = seq;
        for (const listener of listeners) listener(event);
      }
  };
  const client: EngineClient = {
    command: (command) => engine.command(command),
    status: async () => engine.status(),
    closed: new Promise(() => undefined),
    async subscribe(listener) {
      listeners.push(listener);
      tell();
    },
    close: () => undefined,
  };
  return { client, tell };
}
