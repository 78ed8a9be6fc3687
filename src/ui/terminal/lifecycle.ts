import type { FrameSink } from './frame-sink.js';
import type { KeyReader } from './key-reader.js';
import { MOUSE_ON } from './mouse.js';
import { ENTER_SCREEN, LEAVE_SCREEN } from './screen-codes.js';
import type { TerminalSigns } from './signs.js';
import type { TerminalOutput } from './tty.js';

/** The part of a process that a terminal session needs. `process` is one. */
export interface ProcessEvents {
  on(event: string, listener: (value: unknown) => void): unknown;
  off(event: string, listener: (value: unknown) => void): unknown;
  kill(pid: number, signal: string): unknown;
}

/** Why a console ended without having been asked to. */
export type Ending =
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  /** SIGHUP, EIO, end of input: the terminal is gone, and nobody can be told. */
  | { readonly kind: 'hangup' }
  /** A bug: its stack is printed once the screen is left. */
  | { readonly kind: 'crash'; readonly error: unknown };

export interface SessionParts {
  readonly output: TerminalOutput;
  readonly sink: FrameSink;
  readonly keys: KeyReader;
  /** The title and the other signs beside the screen; null: none is shown. */
  readonly signs: Pick<TerminalSigns, 'enter' | 'leave'> | null;
  readonly process: ProcessEvents;
  readonly mouse: 'on' | 'off';
  readonly onEnding: (ending: Ending) => void;
  /** The size changed, or the program came back from Ctrl-Z. */
  readonly onRepaint: () => void;
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const;
/** A stalled terminal keeps a console that ends no longer than this. */
const FAREWELL_MS = 1_000;
/** So long after the screen was entered it is still being filled. */
const OPENING_MS = 1_000;

/**
 * The terminal while it is ours: entered once, left once, whatever ends the program. Nothing here waits
 * for a reader.
 */
export class TerminalSession {
  #state: 'outside' | 'inside' | 'suspended' | 'left' = 'outside';
  readonly #heard: [event: string, listener: (value: unknown) => void][] = [];

  constructor(private readonly parts: SessionParts) {}

  enter(): void {
    if (this.#state !== 'outside') return;
    const { output, onEnding } = this.parts;
    for (const signal of ENDING_SIGNALS) this.#hear(signal, () => onEnding({ kind: 'signal', signal }));
    this.#hear('SIGHUP', () => onEnding({ kind: 'hangup' }));
    this.#hear('SIGTSTP', this.suspend);
    this.#hear('SIGCONT', this.#back);
    this.#hear('uncaughtException', (error: unknown) => onEnding({ kind: 'crash', error }));
    this.#hear('unhandledRejection', (error: unknown) => onEnding({ kind: 'crash', error }));
    this.#hear('exit', () => this.leave());
    output.onGone(() => onEnding({ kind: 'hangup' }));
    this.#show();
  }

  /** Puts the terminal back as it was. May be called at any time, from an exit handler too; acts once. */
  leave(): void {
    if (this.#state === 'left') return;
    const wasShown = this.#state === 'inside';
    this.#state = 'left';
    if (wasShown) this.#hide();
    for (const [event, listener] of this.#heard) this.parts.process.off(event, listener);
  }

  /** As {@link leave}, with the time a slow terminal needs to take it. */
  async end(): Promise<void> {
    this.leave();
    await this.parts.output.flushed(FAREWELL_MS);
    this.parts.output.close();
  }

  /** The size changed. */
  readonly resized = (): void => {
    if (this.#state !== 'inside') return;
    this.parts.onRepaint();
    this.parts.sink.repaint();
  };

  /** Ctrl-Z: in raw mode it comes as a key. The whole job stops, as it would have by the terminal. */
  readonly suspend = (): void => {
    if (this.#state !== 'inside') return;
    this.#state = 'suspended';
    this.#hide();
    // Our own listener would catch it.
    this.parts.process.off('SIGTSTP', this.suspend);
    this.parts.process.kill(0, 'SIGTSTP');
  };

  readonly #back = (): void => {
    if (this.#state !== 'suspended') return;
    this.parts.process.on('SIGTSTP', this.suspend);
    this.#show();
    this.parts.onRepaint();
  };

  #show(): void {
    this.#state = 'inside';
    this.parts.keys.start();
    // Whatever an old terminal prints of it is cleared away with the screen.
    this.parts.output.write((this.parts.signs?.enter() ?? '') + ENTER_SCREEN);
    if (this.parts.mouse === 'on') this.parts.output.write(MOUSE_ON);
    // The first frame is an answer too, and it comes piece by piece.
    this.parts.sink.hurry(OPENING_MS);
    this.parts.sink.open();
  }

  #hide(): void {
    this.parts.sink.close();
    this.parts.output.lastWords(LEAVE_SCREEN + (this.parts.signs?.leave() ?? ''));
    this.parts.keys.stop();
  }

  #hear(event: string, listener: (value: unknown) => void): void {
    this.parts.process.on(event, listener);
    this.#heard.push([event, listener]);
  }
}
