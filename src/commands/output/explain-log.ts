import { type Explanation, explain, type Question } from '../../engine/responses/explain.js';
import { sanitise } from '../../engine/responses/sanitise.js';
import { parseSide } from '../input/side-option.js';

/** The result for one line of a log. */
export type Replayed =
  | { readonly explanation: Explanation }
  /** `line` is the line number, from 1. */
  | { readonly error: string; readonly line: number; readonly text: string };

/** Values from the command line for lines that lack them. */
export type Defaults = Omit<Question, 'line'>;

/** Lines of a log that mean the same. */
export interface LogGroup {
  readonly lines: number;
  /** The first of them. */
  readonly sample: Explanation;
}

/**
 * Classifies a log anew: a response a line, as any tool logged it, or JSON with `line`, `command` and `side`. Empty
 * lines are left out; each other line gives one answer, in order. Never throws for what a line holds.
 */
export async function* replay(lines: AsyncIterable<string>, defaults: Defaults): AsyncGenerator<Replayed> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const question = questionIn(text);
    const explanation = question === null ? null : explain({ ...defaults, ...question });
    yield explanation === null
      ? { error: 'no response of a server in it', line, text: sanitise(text, 200) }
      : { explanation };
  }
}

/** @returns null for JSON without a line */
function questionIn(text: string): Question | null {
  const given = text.trimStart().startsWith('{') ? objectIn(text) : null;
  if (given === null) return { line: text };
  const line = [given.line, given.response].find((one) => typeof one === 'string');
  if (line === undefined) return null;
  const side = typeof given.side === 'string' ? parseSide(given.side) : undefined;
  return {
    line,
    ...(typeof given.command === 'string' || given.command === null ? { command: given.command } : {}),
    ...(side === undefined ? {} : { side }),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return null; // A log line that begins with a brace.
  }
}

/** Gathers what failed, once for each meaning, the most frequent first. Plain success is left out. */
export class Meanings {
  readonly #groups = new Map<string, { lines: number; readonly sample: Explanation }>();

  add(sample: Explanation): void {
    if (sample.next === 'ignore') return;
    const { kind, code, rule, scope } = sample;
    const key = JSON.stringify([kind, code, rule, scope]);
    const group = this.#groups.get(key);
    if (group) group.lines += 1;
    else this.#groups.set(key, { lines: 1, sample });
  }

  get groups(): readonly LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.lines - a.lines);
  }
}
