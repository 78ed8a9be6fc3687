import xterm from '@xterm/headless';
import type { ScreenSize, TerminalOutput } from '../../../src/ui/terminal/tty.js';

/** A terminal that keeps what was written to it; stalls when told to. */
export class PaperTerminal implements TerminalOutput {
  written = '';
  /** Since it was opened. */
  everything = '';
  stalled = false;
  gone = false;
  readonly #drained: (() => void)[] = [];
  readonly #lost: (() => void)[] = [];

  constructor(private shape: ScreenSize = { columns: 80, rows: 24 }) {}

  size(): ScreenSize {
    return this.shape;
  }

  resize(shape: ScreenSize): void {
    this.shape = shape;
  }

  get needsDrain(): boolean {
    return this.stalled;
  }

  write(text: string): void {
    this.written += text;
    this.everything += text;
  }

  lastWords(text: string): void {
    this.written += text;
    this.everything += text;
  }

  async flushed(): Promise<void> {}

  onDrain(listener: () => void): void {
    this.#drained.push(listener);
  }

  onGone(listener: () => void): void {
    this.#lost.push(listener);
  }

  close(): void {
    this.gone = true;
  }

  drain(): void {
    this.stalled = false;
    for (const listener of this.#drained) listener();
  }

  hangUp(): void {
    for (const listener of this.#lost) listener();
  }

  /** The output since it was last asked for. */
  take(): string {
    const text = this.written;
    this.written = '';
    return text;
  }

  get bytes(): number {
    return Buffer.byteLength(this.written);
  }
}

/** A terminal as a program would meet it, of which every cell can be read. */
export class EmulatedTerminal {
  readonly #xterm: InstanceType<typeof xterm.Terminal>;
  /** Every title that the window had, in order. */
  readonly titles: string[] = [];

  constructor(private shape: ScreenSize) {
    // As the line discipline turns a line feed of ordinary output into two.
    this.#xterm = new xterm.Terminal({
      cols: shape.columns,
      rows: shape.rows,
      allowProposedApi: true,
      scrollback: 0,
      convertEol: true,
    });
    this.#xterm.onTitleChange((title) => this.titles.push(title));
  }

  async show(text: string): Promise<void> {
    await new Promise<void>((resolve) => this.#xterm.write(text, resolve));
  }

  resize(shape: ScreenSize): void {
    this.shape = shape;
    this.#xterm.resize(shape.columns, shape.rows);
  }

  get buffer(): 'normal' | 'alternate' {
    return this.#xterm.buffer.active.type;
  }

  /** Each cell as `text fg bg attributes`, a blank for the second cell of a wide character. */
  cells(): string[][] {
    return Array.from({ length: this.shape.rows }, (_, y) => {
      const line = this.#xterm.buffer.active.getLine(y);
      return Array.from({ length: this.shape.columns }, (_, x) => {
        const cell = line?.getCell(x);
        if (!cell) return '';
        const flags = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isInverse()];
        const look = [cell.getFgColor(), cell.getBgColor(), ...flags.map((flag) => (flag ? 1 : 0))].join(' ');
        return `${cell.getChars() || ' '} ${look}`;
      });
    });
  }

  text(): string[] {
    return Array.from({ length: this.shape.rows }, (_, y) => {
      return this.#xterm.buffer.active.getLine(y)?.translateToString(true) ?? '';
    });
  }
}
