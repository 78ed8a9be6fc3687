import type { Clock } from '../../words/clock.js';
import { paint } from './paint.js';
import { type Row, readRow } from './row.js';
import type { TerminalOutput } from './tty.js';
import { Unread } from './unread.js';

export interface SinkOptions {
  readonly clock: Clock;
  readonly charset: 'unicode' | 'ascii';
  /** Least time between two frames that no key asked for, in milliseconds. */
  readonly every?: number;
  /** More keys are on their way to the screens: what they lead to is drawn, and not each step. */
  readonly isBusy?: () => boolean;
}

const EVERY_MS = 250;
/** The bytes a second that frames may take which no key asked for: small terminals hang on thin connections. */
const SMALL_SCREEN = { cells: 80 * 24, bytes: 1_900 };
const LARGE_SCREEN_BYTES = 2_800;
/** However much it was: the next frame comes within so long. */
const LONGEST_REST_MS = 1_000;
/** A terminal that does not come to what was written is given so long, then twice as long: an answer may be lost. */
const PATIENCE = { first: 5_000, longest: 80_000 } as const;
/** Leaving waits so long for an answer that is on its way. */
const LAST_ANSWER_MS = 1_000;
/** Frames this soon after a key are taken for its answer: it may change the screen, and then the status line. */
const ANSWER_MS = 150;

/**
 * Takes whole frames and writes what changes the screen into them: at most four a second, at once after
 * a key, nothing when nothing changed. While the terminal takes nothing, or has not come to what was
 * written, frames are dropped; the last one is drawn when it takes again.
 */
export class FrameSink {
  readonly #every: number;
  #shown: readonly Row[] | null = null;
  #frame: string | null = null;
  /** When the next frame that no key asked for may be drawn. */
  #nextAt = Number.NEGATIVE_INFINITY;
  #answersUntil = Number.NEGATIVE_INFINITY;
  #timer: AbortController | null = null;
  #open = false;
  #links: 'shown' | 'hidden' = 'hidden';
  /** A frame was not drawn because more keys are to come. */
  #held = false;
  readonly #unread = new Unread();
  #patience: AbortController | null = null;
  #patient: number = PATIENCE.first;
  #told: (() => void)[] = [];

  constructor(
    private readonly output: TerminalOutput,
    private readonly options: SinkOptions,
  ) {
    this.#every = options.every ?? EVERY_MS;
    output.onDrain(() => this.#draw());
  }

  /** The alternate screen is ours from here on, and empty. */
  open(): void {
    this.#open = true;
    this.repaint();
  }

  /** Nothing is written any more; a frame that waits is dropped. */
  close(): void {
    this.#open = false;
    this.#timer?.abort();
    this.#timer = null;
    this.#patience?.abort();
    this.#patience = null;
    this.#unread.forget();
  }

  /** The terminal says that it has come to what it was asked about. */
  reported(): void {
    const more = this.#unread.answered();
    this.#patient = PATIENCE.first;
    for (const told of this.#told.splice(0)) told();
    if (!this.#open) return;
    if (more !== '') this.output.write(more);
    if (!this.#patience) return;
    this.#patience.abort();
    this.#patience = null;
    this.#draw();
  }

  /** Resolves when no answer of the terminal is on its way, or it is not worth waiting for. */
  async settled(): Promise<void> {
    if (!this.#unread.isAsked) return;
    const enough = new AbortController();
    const told = new Promise<void>((resolve) => this.#told.push(resolve));
    await Promise.race([told, this.options.clock.sleep(LAST_ANSWER_MS, enough.signal)]);
    enough.abort();
  }

  /** Keys that came together are answered by one frame: what was held back meanwhile is drawn. */
  flush(): void {
    if (this.#held) this.#draw();
  }

  /** A frame of Ink's, lines with SGR sequences. */
  take(frame: string): void {
    this.#frame = frame;
    if (!this.#open || this.#timer) {
      if (this.#answers()) this.#draw();
      return;
    }
    const rest = this.#answers() ? 0 : this.#nextAt - this.options.clock.monotonic();
    if (rest <= 0) this.#draw();
    else this.#drawIn(rest);
  }

  /** A key was pressed: the frame that answers it is not kept waiting. @param within milliseconds */
  hurry(within = ANSWER_MS): void {
    this.#answersUntil = Math.max(this.#answersUntil, this.options.clock.monotonic() + within);
  }

  /** Forgets the content of the screen: it was resized, or another program wrote on it. */
  repaint(): void {
    this.#shown = null;
    this.#draw();
  }

  /** The terminal knows links (OSC 8). */
  showLinks(): void {
    if (this.#links === 'shown') return;
    this.#links = 'shown';
    this.repaint();
  }

  #answers(): boolean {
    return this.options.clock.monotonic() <= this.#answersUntil;
  }

  #drawIn(ms: number): void {
    const timer = new AbortController();
    this.#timer = timer;
    void this.options.clock.sleep(ms, timer.signal).then(() => {
      if (!timer.signal.aborted) this.#draw();
    });
  }

  #waitForTerminal(): void {
    this.#timer?.abort();
    this.#timer = null;
    if (this.#patience) return;
    const patience = new AbortController();
    this.#patience = patience;
    void this.options.clock.sleep(this.#patient, patience.signal).then(() => {
      if (patience.signal.aborted) return;
      this.#patience = null;
      this.#patient = Math.min(PATIENCE.longest, this.#patient * 2);
      this.#unread.forget();
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#open || this.#frame === null || this.output.needsDrain) return;
    this.#held = this.options.isBusy?.() ?? false;
    if (this.#held) return;
    if (this.#unread.isMuch) {
      this.#waitForTerminal();
      return;
    }
    this.#timer?.abort();
    this.#timer = null;
    const { columns, rows } = this.output.size();
    const shape = { width: columns, charset: this.options.charset, links: this.#links };
    const shown = this.#shown;
    const next = this.#frame
      .split('\n', rows)
      .map((line, y) => (shown?.[y]?.source === line ? shown[y] : readRow(line, shape)));
    const text = paint(shown, next, columns);
    this.#shown = next;
    const bytes = this.#answers() ? 0 : Buffer.byteLength(text);
    const allowed = columns * rows <= SMALL_SCREEN.cells ? SMALL_SCREEN.bytes : LARGE_SCREEN_BYTES;
    const rest = Math.max(this.#every, Math.min(LONGEST_REST_MS, (bytes / allowed) * 1_000));
    this.#nextAt = this.options.clock.monotonic() + rest;
    if (text !== '') this.output.write(text + this.#unread.wrote(Buffer.byteLength(text)));
  }
}
