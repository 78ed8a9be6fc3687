import type { ErrorGroupEntity } from '../../protocol/answers.js';
import type { EngineAnswer } from '../../protocol/commands.js';
import { line } from '../../protocol/event-line.js';
import { LONGEST_LINE } from '../../protocol/line-reader.js';

/** How many entries of each group, and own responses of each entry, are kept. The cuts are tried in this order. */
const CUTS = [
  { entries: 500, own: 5 },
  { entries: 200, own: 0 },
  { entries: 50, own: 0 },
  { entries: 10, own: 0 },
  { entries: 1, own: 0 },
] as const;

/**
 * An answer as a line of at most {@link LONGEST_LINE} bytes. Error groups lose own responses and then
 * entries (`size` still says how many there are), a log its oldest lines; anything else is refused.
 */
export function answerLine(id: number, answer: EngineAnswer): string {
  for (const candidate of candidates(answer)) {
    const text = line({ id, answer: candidate });
    if (Buffer.byteLength(text) <= LONGEST_LINE) return text;
  }
  return line({ id, answer: { ok: false, why: 'the answer is larger than a line may be; subscribe instead' } });
}

function* candidates(answer: EngineAnswer): Iterable<EngineAnswer> {
  yield answer;
  if (!answer.ok) return;
  if ('errors' in answer)
    for (const cut of CUTS) yield { ok: true, errors: answer.errors.map((group) => shortened(group, cut)) };
  if ('log' in answer)
    for (let n = answer.log.length >> 1; n > 0; n >>= 1) yield { ok: true, log: answer.log.slice(-n) };
}

function shortened(group: ErrorGroupEntity, cut: (typeof CUTS)[number]): ErrorGroupEntity {
  const entries = group.entries.slice(0, cut.entries).map((entry) => ({ ...entry, own: entry.own.slice(0, cut.own) }));
  return { ...group, entries };
}
