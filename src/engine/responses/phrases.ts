import { type Phrase, parsePhrase, type Run, SHORTEST_STEM, type Step, type Word } from './phrase.js';
import type { Words } from './words.js';

const MOST_BETWEEN = 3;
/** No two words of a phrase are further apart than this: a run, and the words between. */
const FAR = MOST_BETWEEN + 10;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/;

/** The phrases that a word can begin, by their number. */
interface Uses {
  /** Phrases of which the word is the whole. */
  readonly whole: number[];
  /** Phrases whose first step takes the word, whatever follows it. */
  readonly begins: number[];
  /**
   * Phrases whose first step may take the word: it belongs to a stem, or begins a run, or must be at the start of the
   * text.
   */
  readonly mayBegin: { readonly number: number; readonly run: Run }[];
  readonly maySecond: number[];
}

/**
 * Finds phrases in one pass over the words. Each word is looked up once, and a phrase is tried only where its second
 * step comes close behind its first. The cost of a text depends on the phrases that its words begin, not on all
 * phrases.
 */
export class PhraseIndex<Name extends string> {
  readonly #phrases: (Phrase & { readonly name: Name })[] = [];
  readonly #unspaced: { readonly name: Name; readonly part: string }[] = [];
  readonly #byWord = new Map<string, Uses>();
  readonly #byStem = new Map<number, Uses>();
  /** Where the first step of each phrase was met last. Positions grow from text to text, so nothing has to be reset. */
  readonly #startedAt: Float64Array;
  readonly #endedAt: Float64Array;
  #base = FAR;

  /** @throws Error for a wording that cannot be parsed: the table is wrong */
  constructor(wordings: Readonly<Record<Name, readonly string[]>>) {
    for (const name of Object.keys(wordings) as Name[]) {
      for (const source of wordings[name]) {
        if (UNSPACED.test(source)) this.#unspaced.push({ name, part: source.toLowerCase() });
        else this.#enter({ name, ...parsePhrase(source) });
      }
    }
    this.#startedAt = new Float64Array(this.#phrases.length);
    this.#endedAt = new Float64Array(this.#phrases.length);
  }

  /** All wordings that the text contains, each with the words that match it. */
  scan({ words, unspaced }: Words): ReadonlyMap<Name, string> {
    const found = new Map<Name, string>();
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      const uses = this.#byWord.get(word);
      if (uses !== undefined) this.#look(uses, words, at, found);
      const stemmed = word.length >= SHORTEST_STEM ? this.#byStem.get(keyOf(word)) : undefined;
      if (stemmed !== undefined) this.#look(stemmed, words, at, found);
    }
    this.#base += words.length + FAR;
    if (unspaced !== '') {
      for (const { name, part } of this.#unspaced) {
        if (!found.has(name) && unspaced.includes(part)) found.set(name, part);
      }
    }
    return found;
  }

  #look(uses: Uses, words: readonly string[], at: number, found: Map<Name, string>): void {
    const here = this.#base + at;
    for (const number of uses.maySecond) {
      const gap = here - this.#endedAt[number]!;
      if (gap > 0 && gap <= MOST_BETWEEN + 1) this.#finish(number, words, at, found);
    }
    for (const number of uses.whole) this.#take(number, words, at, at + 1, found);
    for (const number of uses.begins) this.#startedAt[number] = this.#endedAt[number] = here;
    for (const { number, run } of uses.mayBegin) {
      if (!runsHere(run, words, at)) continue;
      const { steps, atStart } = this.#phrases[number]!;
      if (atStart && at > 0) continue;
      this.#startedAt[number] = here;
      this.#endedAt[number] = here + run.length - 1;
      if (steps.length === 1) this.#take(number, words, at, at + run.length, found);
    }
  }

  /** Tries the rest of a phrase: its first step ended shortly before, and the second one may begin here. */
  #finish(number: number, words: readonly string[], at: number, found: Map<Name, string>): void {
    const { name, steps } = this.#phrases[number]!;
    if (found.has(name)) return;
    let end = at + fits(steps[1]!, words, at);
    if (end === at) return;
    for (let next = 2; next < steps.length; next++) {
      end = endOf(steps[next]!, words, end);
      if (end === 0) return;
    }
    this.#take(number, words, this.#startedAt[number]! - this.#base, end, found);
  }

  #take(number: number, words: readonly string[], start: number, end: number, found: Map<Name, string>): void {
    const { name } = this.#phrases[number]!;
    if (!found.has(name)) found.set(name, words.slice(start, end).join(' '));
  }

  #enter(phrase: Phrase & { readonly name: Name }): void {
    const number = this.#phrases.push(phrase) - 1;
    const [first, second] = phrase.steps;
    for (const word of first!.words) {
      const uses = usesOf(this.#byWord, word);
      if (phrase.atStart) uses.mayBegin.push({ number, run: [{ text: word, stem: false }] });
      else (second === undefined ? uses.whole : uses.begins).push(number);
    }
    for (const run of first!.runs) this.#usesOfRun(run).mayBegin.push({ number, run });
    if (second === undefined) return;
    for (const word of second.words) usesOf(this.#byWord, word).maySecond.push(number);
    for (const uses of new Set(second.runs.map((run) => this.#usesOfRun(run)))) uses.maySecond.push(number);
  }

  #usesOfRun([first]: Run): Uses {
    return first.stem ? usesOf(this.#byStem, keyOf(first.text)) : usesOf(this.#byWord, first.text);
  }
}

/** @returns the index after the step where it fits at `from` or shortly behind it, else 0 */
function endOf(step: Step, words: readonly string[], from: number): number {
  const last = Math.min(words.length - 1, from + MOST_BETWEEN);
  for (let at = from; at <= last; at++) {
    const length = fits(step, words, at);
    if (length > 0) return at + length;
  }
  return 0;
}

/** @returns how many words the step takes here, 0 where it does not fit */
function fits(step: Step, words: readonly string[], at: number): number {
  if (step.words.has(words[at]!)) return 1;
  for (const run of step.runs) if (runsHere(run, words, at)) return run.length;
  return 0;
}

function runsHere(run: Run, words: readonly string[], at: number): boolean {
  for (let i = 0; i < run.length; i++) if (!same(run[i]!, words[at + i])) return false;
  return true;
}

function same({ text, stem }: Word, word: string | undefined): boolean {
  return word !== undefined && (stem ? word.startsWith(text) : word === text);
}

function usesOf<Key>(index: Map<Key, Uses>, key: Key): Uses {
  let uses = index.get(key);
  if (uses === undefined) {
    uses = { whole: [], begins: [], mayBegin: [], maySecond: [] };
    index.set(key, uses);
  }
  return uses;
}

/**
 * A number for the first letters of a word, by which stems are found. Two words may share a number: that costs a look,
 * and makes no wrong match.
 */
function keyOf(word: string): number {
  let key = 0;
  for (let at = 0; at < SHORTEST_STEM; at++) key = (key * 31 + word.charCodeAt(at)) | 0;
  return key;
}
