import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../src/commands/catalogue.js';
import { splitWords } from '../src/commands/input/credentials/shell-words.js';
import type { Io } from '../src/commands/process/io.js';

/** The pages show commands that the program takes: an operator who types one at three in the morning trusts it. */

const ROOT = resolve(import.meta.dirname, '..');
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** Pages that tell an operator what to type. */
const forOperators = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('decisions'))
    .map((name) => join('docs', name)),
];

/** A command as a page shows it. */
interface Typed {
  /** The words after `nightferry`, up to a comment or to a sign of the shell. */
  readonly text: string;
  /** `named`: in a sentence, which may leave its arguments out. */
  readonly how: 'whole' | 'named';
}

/** The commands of a page: lines of its blocks, and code in its sentences. */
function commandsOf(markdown: string): readonly Typed[] {
  const blocks = [...markdown.matchAll(/^ *```(\w*)\n(.*?)^ *```/gms)].filter(([, kind]) => kind !== 'json');
  const lines = blocks.flatMap(([, , body]) => body!.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  const whole = lines.flatMap((line) => [...line.matchAll(/(?<![`\w./-])(?:\/usr\/bin\/)?nightferry (.+)$/g)]);
  const named = [...markdown.matchAll(/`nightferry ([^`\n]+)`/g)];
  return [
    ...whole.map(([, text]) => ({ text: cutAtShell(text!), how: 'whole' as const })),
    ...named.map(([, text]) => ({ text: cutAtShell(text!), how: 'named' as const })),
  ].filter(({ text }) => /^[a-z]/.test(text));
}

/** Without a comment, a redirection, or a second command; quotes hold these together. */
function cutAtShell(text: string): string {
  const typed = text.replace(/^nightferry /, '');
  const kept = /^(?:'[^']*'|"[^"]*"|\\.|[^'"\\#|;&<>()`]|(?<=\S)#)*/.exec(typed)?.[0] ?? '';
  const whole = typed[kept.length] === '>' ? kept.replace(/\s\d$/, '') : kept;
  // Dots stand for further options, or for the value of the last one.
  return whole.replace(/(?<!--[\w-]+) \.\.\.\s*$/, '').trim();
}

/** Making a command reads nothing from its Io; only running it does. */
const NO_IO = {} as Io;

/** Reads a command line as the program does, and does nothing. @throws CommanderError, BadInput */
async function parse(words: readonly string[]): Promise<void> {
  const [name, ...rest] = words;
  const entry = CATALOGUE.find((one) => one.name === name);
  if (!entry) throw new Error(`there is no command ${name}`);
  const command = (await entry.load()).makeCommand(NO_IO, () => undefined);
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    one.option('--utc');
    if (one.commands.length === 0) one.action(() => undefined);
  }
  await command.parseAsync(rest, { from: 'user' });
}

it('sees the commands of the pages', () => {
  const byPage = forOperators.map((page) => commandsOf(read(page)));
  expect(byPage.filter((commands) => commands.length > 0).length).toBeGreaterThan(10);
  const found = byPage.flat();
  expect(found.length).toBeGreaterThan(90);
  expect(found).toContainEqual({ text: "skip school --code TOOBIG --why 'over 50 MB, agreed'", how: 'whole' });
  expect(
    commandsOf('```sh\nnightferry errors school --csv > a.csv   # a row\nsudo -u a nightferry stop b && date\n```'),
  ).toEqual([
    { text: 'errors school --csv', how: 'whole' },
    { text: 'stop b', how: 'whole' },
  ]);
});

it.each(forOperators)('%s shows commands that the program takes', async (page) => {
  const refused: string[] = [];
  for (const { text, how } of commandsOf(read(page))) {
    const words = splitWords(text, text);
    // Help is asked for only without options, because it is shown whatever they are called.
    const isVerb = how === 'named' && words.every((word) => /^[a-z][a-z-]*$/.test(word));
    try {
      await parse(isVerb ? [...words, '--help'] : words);
    } catch (error) {
      const isHelp = error instanceof CommanderError && error.exitCode === 0;
      if (!isHelp) refused.push(`${text}: ${(error as Error).message}`);
    }
  }
  expect(refused).toEqual([]);
});
