import type { AnswerOf } from '../../protocol/commands.js';
import type { LogLine } from '../../protocol/events.js';

/** Lines asked for: as many as surely fit into one answer, fewer if they do not. */
const LINES_ASKED = [2_000, 500, 100];

/** The last lines of the engine's log, as many as fit into one answer; null where the engine gives none. */
export async function lastLines(ask: (lines: number) => Promise<AnswerOf<'log'>>): Promise<readonly LogLine[] | null> {
  for (const lines of LINES_ASKED) {
    const answer = await ask(lines);
    if (answer.ok) return answer.log;
  }
  return null;
}
