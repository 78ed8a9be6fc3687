import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';

const ENGINE = join(import.meta.dirname, '../../../src/engine');

/** Files that make verdicts: the rules, and all that gives a verdict its fields. */
function makersOfVerdicts(): readonly string[] {
  return readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(ENGINE, name))
    .filter((file) => {
      const code = readFileSync(file, 'utf8');
      return file.includes('/responses/rules/') || /\bwaitSeconds: |\bfinding\(/.test(code);
    });
}

/** String literals outside of comments, imports, keys and regular expressions that read as a sentence: five words or more. */
function sentencesIn(file: string): readonly string[] {
  const code = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^import [^;]*;$/gm, '')
    .replace(/\bkey: '[^']*'/g, '')
    .replace(/\bwords:\s*\/.*$/gm, '')
    // A log line is words for people already, and nobody compares it.
    .replace(/\b(?:log|#log|context\.log|Error)\([\s\S]*?\);/g, '');
  const literals = code.match(/'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g) ?? [];
  return literals.filter((literal) => (literal.match(/(?<![\w$.{-])[a-z]{2,}(?![\w(])/gi) ?? []).length >= 5);
}

it('rules and verdicts hold keys and fields, and no sentence', () => {
  const files = makersOfVerdicts();
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) => sentencesIn(file).map((text) => `${relative(ENGINE, file)}: ${text}`));
  expect(found).toEqual([]);
});
