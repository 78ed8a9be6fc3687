import { type Explanation, explain } from '../engine/responses/explain.js';
import type { Side } from '../words/side.js';

/** Lines of a log that mean the same. */
export interface LogGroup {
  readonly lines: number;
  /** The first of them. */
  readonly sample: Explanation;
}

/** Only lines that can hold a response are looked at: a status word, in capitals as servers send it. */
const RESPONSE = /\b(?:NO|BAD|BYE|OK)\b/;

/** Reads a log: what failed, once for each meaning, the most frequent first. Plain success is left out. */
export async function explainLog(
  lines: AsyncIterable<string>,
  command: string | null,
  side: Side,
): Promise<LogGroup[]> {
  const groups = new Map<string, { lines: number; readonly sample: Explanation }>();
  for await (const line of lines) {
    if (!RESPONSE.test(line)) continue;
    const sample = explain(line, command, side);
    if (sample.verdict.next === 'ignore') continue;
    const { kind, code, rule, scope } = sample.verdict;
    const key = JSON.stringify([kind, code, rule, scope]);
    const group = groups.get(key);
    if (group) group.lines += 1;
    else groups.set(key, { lines: 1, sample });
  }
  return [...groups.values()].sort((a, b) => b.lines - a.lines);
}
