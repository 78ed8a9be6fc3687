import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { classify } from '../src/engine/responses/classify.js';
import { KINDS, type Kind } from '../src/words/verdict.js';

/**
 * The classifier on real lines: which kind it takes for which, and what a line costs.
 * Usage: node dist/bench/classifier.js [FILE.jsonl]
 */
interface Sample {
  readonly line: string;
  readonly command: string | null;
  readonly side: string;
  readonly kind: Kind;
  readonly also?: readonly Kind[];
}

const ORDINARY_LINES = 10_000;

const file = process.argv[2] ?? 'test/responses/responses.jsonl';
const samples = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sample);

function kindOf({ line, command, side }: Sample): Kind {
  return classify({ line, command, side: side === 'destination' ? 'destination' : 'source' }).kind;
}

function printConfusion(): void {
  const seen = new Map<string, number>();
  let right = 0;
  let exact = 0;
  for (const sample of samples) {
    const got = kindOf(sample);
    const key = `${sample.kind} ${got}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (got === sample.kind) exact++;
    if (got === sample.kind || sample.also?.includes(got)) right++;
  }
  const width = Math.max(...KINDS.map((kind) => kind.length)) + 2;
  console.log(
    `judged (down), read as (across)\n${''.padEnd(width)}${KINDS.map((kind) => kind.slice(0, 8).padStart(10)).join('')}`,
  );
  for (const judged of KINDS) {
    const cells = KINDS.map((read) => String(seen.get(`${judged} ${read}`) ?? '.').padStart(10));
    console.log(judged.padEnd(width) + cells.join(''));
  }
  const share = (count: number) => `${count} of ${samples.length} (${((100 * count) / samples.length).toFixed(1)}%)`;
  console.log(`\n${file}: right ${share(right)}, first choice ${share(exact)}`);
}

/** 0 is `a`, 26 is `ba`. */
function inLetters(index: number): string {
  return (index >= 26 ? inLetters(Math.floor(index / 26)) : '') + String.fromCharCode(97 + (index % 26));
}

/** Real lines, each of them once in its own way. */
function timeOrdinary(what: string, ending: (index: number) => string): void {
  const lines = Array.from({ length: ORDINARY_LINES }, (_, index) => {
    const sample = samples[index % samples.length]!;
    return { ...sample, line: `${sample.line}${ending(index)}` };
  });
  for (const line of lines) kindOf(line);
  const rounds = Array.from({ length: 21 }, () => {
    const started = performance.now();
    for (const line of lines) kindOf(line);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  console.log(
    `${ORDINARY_LINES} ordinary lines, ${what}: best ${rounds[0]!.toFixed(1)} ms, median ${rounds[10]!.toFixed(1)} ms`,
  );
}

const MEGABYTE = 1 << 20;
const HOSTILE: Readonly<Record<string, string>> = {
  'one word, 1 MB': `NO ${'a'.repeat(MEGABYTE)}`,
  'words that start many phrases': `NO ${'too many not no message mailbox invalid '.repeat(30_000)}`,
  'the same two words': `NO ${'invalid mailbox '.repeat(60_000)}`,
  'open brackets': `NO ${'['.repeat(MEGABYTE)}`,
  'a code that never ends': `NO [${'A'.repeat(MEGABYTE)}`,
  'digits and waits': `NO try again in ${'1 '.repeat(MEGABYTE / 2)}`,
  'amounts side by side': `NO wait ${'5 minutes '.repeat(100_000)}`,
  quotes: `NO ${'" '.repeat(MEGABYTE / 2)}`,
  'parentheses as in timings': `NO ${'(1.0 + '.repeat(150_000)}`,
  escapes: `NO ${'\u001b]0;'.repeat(200_000)}`,
  '8-bit introducers': `NO ${'\u009d'.repeat(MEGABYTE)}`,
  combining: `NO ${'e\u0301'.repeat(MEGABYTE / 2)}`,
  chinese: `NO ${'\u90ae\u7bb1'.repeat(MEGABYTE / 2)}`,
  spaces: `NO${' '.repeat(MEGABYTE)}x`,
};

function timeHostile(): void {
  for (const [name, line] of Object.entries(HOSTILE)) {
    const sample: Sample = { line, command: 'APPEND', side: 'destination', kind: 'folder' };
    for (let warm = 0; warm < 30; warm++) kindOf(sample);
    const times = Array.from({ length: 21 }, () => {
      const started = performance.now();
      kindOf(sample);
      return performance.now() - started;
    }).sort((a, b) => a - b);
    console.log(`${name.padEnd(32)} median ${times[10]!.toFixed(3)} ms, worst ${times[20]!.toFixed(3)} ms`);
  }
}

printConfusion();
timeOrdinary('as they come, each with another number', (index) => ` (message ${10_000 + index})`);
timeOrdinary('each with a word that never came before', (index) => ` ${inLetters(index)}q`);
timeHostile();
