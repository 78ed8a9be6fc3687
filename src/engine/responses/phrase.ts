/**
 * A small language for wordings, so that they are data that a human can check and so that no
 * pattern can run wild on a hostile line:
 *
 * - `quota exceed*` these words in this order, up to three others between two of them; `*` ends a stem
 * - `in_use` side by side
 * - `user|account|log_in failed` one of these
 * - `^mailbox` only at the start of the text
 * - Chinese and Japanese wordings are looked for as parts of the text
 */
export interface Phrase {
  readonly atStart: boolean;
  readonly steps: readonly Step[];
}

/** One of these: single words, or stems and runs of words. */
export interface Step {
  readonly words: ReadonlySet<string>;
  readonly runs: readonly Run[];
}

/** Side by side. */
export type Run = readonly [Word, ...Word[]];

export interface Word {
  readonly text: string;
  readonly stem: boolean;
}

/** Letters that a stem at the beginning of a step has at least: shorter ones fit too much. */
export const SHORTEST_STEM = 4;

/** @throws Error for a stem that is too short to begin a step with: the table is wrong */
export function parsePhrase(source: string): Phrase {
  const atStart = source.startsWith('^');
  const steps = (atStart ? source.slice(1) : source).split(' ').map(parseStep);
  for (const { runs } of steps) {
    for (const [first] of runs) {
      if (first.stem && first.text.length < SHORTEST_STEM)
        throw new Error(`the stem ${first.text}* in "${source}" needs ${SHORTEST_STEM} letters`);
    }
  }
  return { atStart, steps };
}

function parseStep(step: string): Step {
  const all = step.split('|');
  const single = all.filter((run) => !run.includes('_') && !run.endsWith('*'));
  const rest = all.filter((run) => !single.includes(run));
  return {
    words: new Set(single),
    runs: rest.map(parseRun),
  };
}

function parseRun(run: string): Run {
  const [first, ...others] = run.split('_').map(parseWord);
  return [first!, ...others];
}

function parseWord(word: string): Word {
  return { text: word.replace(/\*$/, ''), stem: word.endsWith('*') };
}
