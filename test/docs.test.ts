import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

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
