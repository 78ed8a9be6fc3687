import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../src/commands/catalogue.js';
import type { Io } from '../src/commands/process/io.js';

/** The pages name commands and options that exist: an operator who types one at three in the morning trusts it. */

const ROOT = resolve(import.meta.dirname, '..');

const pagesOf = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ name }) => join(folder, name));

const pages = ['README.md', 'SECURITY.md', ...pagesOf('docs'), ...pagesOf('docs/howto')];

/** Lines that continue by a backslash are one; quoted words are not ours; a comment and a pipe end a command. */
function commandsIn(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
    .replace(/\\\n\s*/g, ' ')
    .replace(/'[^'\n]*'|"[^"\n]*"/g, '');
  return [...text.matchAll(/(?:^|[`$ /])(?:nightferry )+([a-z][^`\n#|]*)/gm)].map(([, rest]) => rest!.trim());
}

const known = new Set(CATALOGUE.map(({ name }) => name));

/** Making a command reads nothing from its Io; only running it does. */
const NO_IO = {} as Io;

async function optionsOf(name: string): Promise<ReadonlySet<string>> {
  const entry = CATALOGUE.find((one) => one.name === name)!;
  const { makeCommand } = await entry.load();
  const command: Command = makeCommand(NO_IO, () => {});
  const all = [command, ...command.commands];
  return new Set([...all.flatMap((one) => one.options.map(({ long }) => long ?? '')), '--help']);
}

it('sees commands on many pages', () => {
  expect(pages.filter((page) => commandsIn(page).length > 0).length).toBeGreaterThan(10);
});

it.each(pages)('%s names commands and options that exist', async (page) => {
  const wrong: string[] = [];
  for (const line of commandsIn(page)) {
    const [name = ''] = /^[a-z-]+/.exec(line) ?? [];
    const options = [...line.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, option]) => option!);
    if (!known.has(name)) {
      if (options.length > 0) wrong.push(line);
      continue;
    }
    const those = await optionsOf(name);
    for (const option of options) if (!those.has(option)) wrong.push(`${name} ${option}`);
  }
  expect(wrong).toEqual([]);
});
