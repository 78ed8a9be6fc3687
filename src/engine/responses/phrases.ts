import type { Words } from './words.js';

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
export interface PhraseIndex<Name extends string> {
  /** Every wording that the text has, with the words of the text that say so. */
  readonly scan: (words: Words) => ReadonlyMap<Name, string>;
}

interface Word {
  readonly text: string;
  readonly stem: boolean;
}
/** One of these: single words, or stems and runs of words. */
interface Step {
  readonly words: ReadonlySet<string>;
  readonly runs: readonly (readonly Word[])[];
}

interface Phrase<Name> {
  readonly name: Name;
  readonly atStart: boolean;
  readonly steps: readonly Step[];
}

const MOST_BETWEEN = 3;
/** Letters by which a phrase is found. */
const KEY = 4;
/** The second step starts at most so far behind the first: a run of words, then the words between. */
const SECOND_WITHIN = MOST_BETWEEN + 4;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/;

/** Phrases by how they start: by the first letters of their first word, then of what their second step takes. */
interface Starts<Name> {
  readonly oneStep: Phrase<Name>[];
  readonly bySecond: Map<number, Phrase<Name>[]>;
}

export function indexPhrases<Name extends string>(
  wordings: Readonly<Record<Name, readonly string[]>>,
): PhraseIndex<Name> {
  const spaced = new Map<number, Starts<Name>>();
  const unspaced: { readonly name: Name; readonly phrase: string }[] = [];
  for (const name of Object.keys(wordings) as Name[]) {
    for (const phrase of wordings[name]) {
      if (UNSPACED.test(phrase)) unspaced.push({ name, phrase: phrase.toLowerCase() });
      else addPhrase(spaced, parsePhrase(name, phrase), phrase);
    }
  }
  return {
    scan(text) {
      const found = new Map<Name, string>();
      scanSpaced(spaced, text.words, found);
      if (text.unspaced === '') return found;
      for (const { name, phrase } of unspaced) {
        if (!found.has(name) && text.unspaced.includes(phrase)) found.set(name, phrase);
      }
      return found;
    },
  };
}

function scanSpaced<Name extends string>(
  index: ReadonlyMap<number, Starts<Name>>,
  words: readonly string[],
  found: Map<Name, string>,
): void {
  const keys = words.map(keyOf);
  for (let at = 0; at < words.length; at++) {
    const starts = index.get(keys[at]!);
    if (starts === undefined) continue;
    tryAll(starts.oneStep, words, at, found);
    if (starts.bySecond.size === 0) continue;
    const last = Math.min(words.length - 1, at + SECOND_WITHIN);
    for (let next = at + 1; next <= last; next++) {
      const phrases = starts.bySecond.get(keys[next]!);
      if (phrases !== undefined) tryAll(phrases, words, at, found);
    }
  }
}

function tryAll<Name>(
  phrases: readonly Phrase<Name>[],
  words: readonly string[],
  at: number,
  found: Map<Name, string>,
): void {
  const word = words[at]!;
  for (const phrase of phrases) {
    const first = phrase.steps[0]!;
    // Most candidates share only four letters with the word: sort them out before anything else.
    if (first.runs.length === 0 && !first.words.has(word)) continue;
    if (found.has(phrase.name)) continue;
    const end = endOf(phrase, words, at);
    if (end > at) found.set(phrase.name, words.slice(at, end).join(' '));
  }
}

/** A number for the first letters. Two words may share it: that costs a look, no wrong match. */
function keyOf(word: string): number {
  let key = 0;
  for (let at = 0; at < KEY; at++) key = (key * 31 + (at < word.length ? word.charCodeAt(at) : 0)) | 0;
  return key;
}

/** @returns the index after the phrase's last word, or 0 where it does not start here */
function endOf(phrase: Phrase<unknown>, words: readonly string[], start: number): number {
  if (phrase.atStart && start > 0) return 0;
  const { steps } = phrase;
  let end = start + fits(steps[0]!, words, start);
  if (end === start) return 0;
  for (let next = 1; next < steps.length; next++) {
    const step = steps[next]!;
    const last = Math.min(words.length - 1, end + MOST_BETWEEN);
    let length = 0;
    let here = end;
    for (; here <= last; here++) {
      length = fits(step, words, here);
      if (length > 0) break;
    }
    if (length === 0) return 0;
    end = here + length;
  }
  return end;
}

/** @returns how many words the step takes here, 0 where it does not fit */
function fits(step: Step, words: readonly string[], at: number): number {
  if (step.words.has(words[at]!)) return 1;
  for (const run of step.runs) {
    let length = 0;
    while (length < run.length && same(run[length]!, words[at + length])) length++;
    if (length === run.length) return length;
  }
  return 0;
}

function same({ text, stem }: Word, word: string | undefined): boolean {
  return word !== undefined && (stem ? word.startsWith(text) : word === text);
}

function parsePhrase<Name>(name: Name, phrase: string): Phrase<Name> {
  const atStart = phrase.startsWith('^');
  return { name, atStart, steps: (atStart ? phrase.slice(1) : phrase).split(' ').map(parseStep) };
}

function parseStep(step: string): Step {
  const all = step.split('|');
  const single = all.filter((run) => !run.includes('_') && !run.endsWith('*'));
  const rest = all.filter((run) => !single.includes(run));
  return {
    words: new Set(single),
    runs: rest.map((run) =>
      run.split('_').map((word) => ({ text: word.replace(/\*$/, ''), stem: word.endsWith('*') })),
    ),
  };
}

function addPhrase<Name>(index: Map<number, Starts<Name>>, phrase: Phrase<Name>, source: string): void {
  const [first, second] = phrase.steps;
  for (const key of keysOf(first!, source)) {
    const starts = index.get(key) ?? { oneStep: [], bySecond: new Map<number, Phrase<Name>[]>() };
    index.set(key, starts);
    if (second === undefined) starts.oneStep.push(phrase);
    else for (const next of keysOf(second, source)) push(starts.bySecond, next, phrase);
  }
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function keysOf(step: Step, source: string): ReadonlySet<number> {
  const keys = new Set([...step.words].map(keyOf));
  for (const run of step.runs) {
    const { text, stem } = run[0]!;
    if (stem && text.length < KEY) throw new Error(`the stem ${text}* in "${source}" needs ${KEY} letters`);
    keys.add(keyOf(text));
  }
  return keys;
}
