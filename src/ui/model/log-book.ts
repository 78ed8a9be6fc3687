import type { FailureLine, LogLine } from '../../protocol/events.js';
import { plural } from '../../words/units.js';

/** Lines that a console keeps. The batch's events.jsonl has all of them. */
export const LINES_KEPT = 5_000;

/**
 * The log as a console reads it: what the engine still had when the console came, and every line since.
 * Lines and failures travel apart, so each is put where its time belongs.
 */
export class LogBook {
  #lines: LogLine[] = [];
  /** Lines that came twice: asked for, and told. How often each was asked for. */
  #known = new Map<string, number>();

  /** Never changed: another array after every change. */
  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Adds the lines that the engine kept. Lines that are here already are not doubled. */
  seed(kept: readonly LogLine[]): void {
    const told = new Map<string, number>();
    for (const line of this.#lines) count(told, keyOf(line), 1);
    const missing = kept.filter((line) => !take(told, keyOf(line)));
    for (const line of missing) count(this.#known, keyOf(line), 1);
    this.#put(missing);
  }

  /** Lines as they come. */
  add(lines: readonly LogLine[]): void {
    this.#put(lines.filter((line) => !take(this.#known, keyOf(line))));
  }

  #put(lines: readonly LogLine[]): void {
    if (lines.length === 0) return;
    const last = this.#lines.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    const inOrder = lines.every(({ at }, i) => at >= (lines[i - 1]?.at ?? last));
    const all = [...this.#lines, ...lines];
    // Sorting is stable: lines of one moment stay as they came.
    if (!inOrder) all.sort((a, b) => a.at - b.at);
    this.#lines = all.slice(-LINES_KEPT);
  }
}

/** A failure as a line of the log. */
export function failureLine({ at, mailbox, side, command, folder, count: n, response }: FailureLine): LogLine {
  const text = n > 0 ? `${command}: ${response} (${plural(n, 'message')})` : `${command}: ${response}`;
  return { at, level: 'error', mailbox, side, folder, text };
}

function keyOf({ at, level, mailbox, side, text }: LogLine): string {
  return JSON.stringify([at, level, mailbox, side, text]);
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left === 0) return false;
  if (left === 1) counts.delete(key);
  else counts.set(key, left - 1);
  return true;
}
