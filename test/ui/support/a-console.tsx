import { EventEmitter } from 'node:events';
import type { EngineClient } from '../../../src/protocol/client.js';
import { type ConsoleParts, runConsole } from '../../../src/ui/run-console.js';
import type { Screen } from '../../../src/ui/shell/screen.js';
import type { ScreenSize } from '../../../src/ui/terminal/tty.js';
import { Keyboard } from './keyboard.js';
import { ManualClock, turn } from './manual-clock.js';
import { EmulatedTerminal, PaperTerminal } from './paper-terminal.js';

const NO_ENGINE: EngineClient = {
  command: async () => ({ ok: false, why: 'there is no engine in this test' }),
  subscribe: async () => undefined,
  status: async () => {
    throw new Error('there is no engine in this test');
  },
  closed: new Promise(() => {}),
  close() {},
};

/** Signals as a process gets them, and the ones it sends itself. */
class FakeProcess extends EventEmitter {
  readonly killed: (string | number)[][] = [];

  kill(pid: number, signal: string): void {
    this.killed.push([pid, signal]);
  }
}

/** A whole console on an emulated terminal, on a clock that the test moves. */
export class AConsole {
  readonly keyboard = new Keyboard();
  readonly paper: PaperTerminal;
  readonly process = new FakeProcess();
  readonly ended: Promise<number>;
  readonly #resized = new EventEmitter();
  #terminal: EmulatedTerminal;
  #size: ScreenSize;

  constructor(
    screens: readonly Screen[],
    size: ScreenSize = { columns: 80, rows: 24 },
    more: Partial<ConsoleParts> = {},
    readonly clock: ManualClock = new ManualClock(),
  ) {
    this.#size = size;
    this.paper = new PaperTerminal(size);
    this.#terminal = new EmulatedTerminal(size);
    this.ended = runConsole({
      client: NO_ENGINE,
      io: {
        input: this.keyboard,
        output: this.paper,
        process: this.process,
        onResize: (listener) => {
          this.#resized.on('resize', listener);
          return () => this.#resized.off('resize', listener);
        },
      },
      clock: this.clock,
      mode: {
        kind: 'console',
        charset: 'unicode',
        theme: 'dark',
        mouse: 'on',
        signs: { title: 'shown', bell: 'silent' },
      },
      access: 'full',
      screens,
      first: screens[0]?.name ?? '',
      ...more,
    });
  }

  /** Types, and lets time go on until the screen has answered. */
  async type(sent: string): Promise<void> {
    this.keyboard.type(sent);
    for (let i = 0; i < 2 + 2 * sent.length; i++) await turn();
    await this.clock.pass(70);
    await turn();
  }

  async resize(size: ScreenSize): Promise<void> {
    this.#size = size;
    this.paper.resize(size);
    this.#terminal.resize(size);
    this.#resized.emit('resize');
    await turn();
    await this.clock.pass(300);
  }

  /** The screen as the operator sees it, and the bytes it took since it was last looked at. */
  async look(): Promise<{ readonly text: readonly string[]; readonly bytes: number; readonly raw: string }> {
    await turn();
    const raw = this.paper.take();
    await this.#terminal.show(raw);
    return { text: this.#terminal.text().slice(0, this.#size.rows), bytes: Buffer.byteLength(raw), raw };
  }

  async screen(): Promise<string> {
    return (await this.look()).text.join('\n');
  }

  get buffer(): 'normal' | 'alternate' {
    return this.#terminal.buffer;
  }
}
