import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../src/commands/catalogue.js';
import { splitWords } from '../src/commands/input/credentials/shell-words.js';
import { AnOperator } from './commands/an-operator.js';

/** The pages lead to files that exist: whoever follows a page after a rename would search in vain. */

const ROOT = resolve(import.meta.dirname, '..');
const IGNORED = new Set(['node_modules', 'dist', '.git']);

/** Every Markdown page of the repository, as a path from its root. */
function pages(folder = ''): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : pages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const all = pages().filter((path) => !path.startsWith('test/store/kept'));
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** Files and folders of the repository that a text names by their path from the root. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w/.-])(?:src|test|bench|demo|docs)\/[\w./-]*\w/g)].map(([path]) => path);

/** Links of a page to other files, without addresses of the web and places within a page. */
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!).filter((to) => !/^[a-z]+:/.test(to));

it('sees the pages', () => {
  expect(all).toContain('README.md');
  expect(all).toContain('ARCHITECTURE.md');
  expect(pathsIn(read('ARCHITECTURE.md')).length).toBeGreaterThan(60);
});

it.each(all)('%s names files that exist', (page) => {
  expect(pathsIn(read(page)).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it.each(all)('%s links to files that exist', (page) => {
  expect(linksIn(read(page)).filter((to) => !existsSync(resolve(ROOT, dirname(page), to)))).toEqual([]);
});

/** Pages of rooms: they name their files without a path. */
const rooms = all.filter((path) => /^src\/.*README\.md$/.test(path));

it.each(rooms)('%s names files of its room', (page) => {
  const named = [...read(page).matchAll(/`([\w-][\w/.-]*\.(?:tsx?|md|jsonl)|[\w-]+\/)`/g)].map(([, name]) => name!);
  const isThere = (name: string) => [ROOT, join(ROOT, dirname(page))].some((from) => existsSync(join(from, name)));
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});

it('ARCHITECTURE.md names bare file names of its rooms only where they exist', () => {
  const known = new Set(files('src'));
  const bare = [...read('ARCHITECTURE.md').matchAll(/`([\w-]+\.tsx?)`/g)].map(([, name]) => name!);
  expect(bare.filter((name) => !known.has(name))).toEqual([]);
});

function files(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [entry.name],
  );
}

/** Pages that tell an operator what to type. */
const forOperators = all.filter((page) => page === 'README.md' || /^docs\/(?!decisions\/)/.test(page));

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

/** Reads a command line as the program does, and does nothing. @throws CommanderError, BadInput */
async function parse(words: readonly string[]): Promise<void> {
  const [name, ...rest] = words;
  const entry = CATALOGUE.find((one) => one.name === name);
  if (!entry) throw new Error(`there is no command ${name}`);
  const operator = await AnOperator.atWork();
  try {
    const command = (await entry.load()).makeCommand(operator.io(), () => undefined);
    for (const one of [command, ...command.commands]) {
      one.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
      one.option('--utc');
      if (one.commands.length === 0) one.action(() => undefined);
    }
    await command.parseAsync(rest, { from: 'user' });
  } finally {
    await operator.goesHome();
  }
}

it('sees the commands of the pages', () => {
  const found = forOperators.flatMap((page) => commandsOf(read(page)));
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
    const isVerb = how === 'named' && words.every((word) => /^[a-z-]+$/.test(word));
    try {
      await parse(isVerb ? [...words, '--help'] : words);
    } catch (error) {
      const isHelp = error instanceof CommanderError && error.exitCode === 0;
      if (!isHelp) refused.push(`${text}: ${(error as Error).message}`);
    }
  }
  expect(refused).toEqual([]);
});
