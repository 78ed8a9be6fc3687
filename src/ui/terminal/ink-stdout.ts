import { EventEmitter } from 'node:events';
import type { FrameSink } from './frame-sink.js';
import type { TerminalOutput } from './tty.js';

/**
 * The stdout that Ink writes to. With `debug` it writes each frame whole; not a TTY, so that it neither
 * hides the cursor nor clears the screen by itself.
 */
export class InkStdout extends EventEmitter {
  readonly isTTY = false;

  constructor(
    private readonly sink: FrameSink,
    private readonly output: TerminalOutput,
  ) {
    super();
  }

  get columns(): number {
    return this.output.size().columns;
  }

  get rows(): number {
    return this.output.size().rows;
  }

  write(frame: string): boolean {
    this.sink.take(frame);
    return true;
  }
}
