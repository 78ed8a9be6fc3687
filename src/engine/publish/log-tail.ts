import { LINES_KEPT, type LogLine } from '../../protocol/events.js';

/** The last lines of a batch's log. */
export class LogTail {
  #lines: LogLine[] = [];

  add(line: LogLine): void {
    this.#lines.push(line);
    // Cut in halves, not one by one: each line is moved at most once.
    if (this.#lines.length >= 2 * LINES_KEPT) this.#lines = this.#lines.slice(-LINES_KEPT);
  }

  /** @returns oldest first */
  last(lines: number): LogLine[] {
    const many = Math.min(LINES_KEPT, Math.max(0, lines));
    return many === 0 ? [] : this.#lines.slice(-many);
  }
}
