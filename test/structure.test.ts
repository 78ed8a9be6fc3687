import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The house keeps its own order: floors, circles, the size of rooms. Imports of types count like any others. */

const ROOT = resolve(import.meta.dirname, '..');

/** Floors from the ground up, and what each may import besides itself. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  words: [],
  store: ['words'],
  protocol: ['words', 'store'],
  engine: ['words', 'store', 'protocol'],
  // The console knows the engine by its protocol alone.
  ui: ['words', 'protocol'],
  commands: ['words', 'store', 'protocol', 'engine', 'ui'],
  'cli.ts': ['commands', 'words'],
};

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
const isModule = (path: string) => /\.tsx?$/.test(path);
const inSrc = (path: string) => relative(join(ROOT, 'src'), path);
const floorOf = (path: string) => inSrc(path).split('/')[0]!;

const modules = filesUnder(join(ROOT, 'src')).filter(isModule);
const known = new Set(modules);

/** Modules that one imports. @throws where an import leads nowhere */
function importsOf(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(([, to]) => {
    const base = resolve(dirname(path), to!).replace(/\.js$/, '');
    const found = [`${base}.ts`, `${base}.tsx`].find((candidate) => known.has(candidate));
    if (!found) throw new Error(`${inSrc(path)} imports ${to}, which is no module of src`);
    return found;
  });
}

const imports = new Map(modules.map((path) => [path, importsOf(path)]));

/** Modules that import each other in a circle, a circle a line. */
function circles(): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].map(inSrc).join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of modules) visit(path, []);
  return found;
}

/** Folders with more files than that. */
function crowded(tree: string, most: number): readonly string[] {
  const files = filesUnder(join(ROOT, tree)).filter((path) => !path.includes('/kept/'));
  const folders = new Map<string, number>();
  for (const path of files) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
  return [...folders]
    .filter(([, many]) => many > most)
    .map(([folder, many]) => `${relative(ROOT, folder)}: ${many} files, ${most} at most`);
}

it('sees every module: each but the front door is imported by another', () => {
  const imported = new Set([...imports.values()].flat());
  // The program, and what only tests use.
  const doors = new Set(['cli.ts', 'store/documents/memory-disk.ts']);
  expect(modules.length).toBeGreaterThan(500);
  expect(
    modules.map((path) => (imported.has(path) ? null : inSrc(path))).filter((path) => path && !doors.has(path)),
  ).toEqual([]);
});

it('imports go down the floors only', () => {
  const climbing = modules.flatMap((path) =>
    imports
      .get(path)!
      .filter((to) => floorOf(to) !== floorOf(path) && !FLOORS[floorOf(path)]?.includes(floorOf(to)))
      .map((to) => `${inSrc(path)} → ${inSrc(to)}`),
  );
  expect(climbing).toEqual([]);
});

it('no modules import each other in a circle', () => {
  expect(circles()).toEqual([]);
});

/** Folders directly below a floor, with the folders of that floor that each imports. */
function roomsOf(floor: string): ReadonlyMap<string, ReadonlySet<string>> {
  const rooms = new Map<string, Set<string>>();
  const roomOf = (path: string) => {
    const [at, room, ...rest] = inSrc(path).split('/');
    return at === floor && rest.length > 0 ? room : undefined;
  };
  for (const path of modules) {
    const room = roomOf(path);
    if (room === undefined) continue;
    const below = rooms.get(room) ?? new Set();
    rooms.set(room, below);
    for (const to of imports.get(path)!.map(roomOf)) if (to !== undefined && to !== room) below.add(to);
  }
  return rooms;
}

describe('rooms of a floor are drawn in the order of their imports in ARCHITECTURE.md', () => {
  const drawing = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('```')[1]!;
  const floors = drawing.split(/^\W*(?=src\/)/m);

  it.each(['commands', 'ui', 'engine', 'store', 'words'])('src/%s', (floor) => {
    const drawn = floors.find((text) => text.startsWith(`src/${floor}/`))!.slice(`src/${floor}/`.length);
    const at = (room: string) => drawn.search(new RegExp(`(?<![\\w/-])${room}/`));
    const rooms = roomsOf(floor);
    expect(rooms.size).toBeGreaterThan(2);
    expect([...rooms.keys()].filter((room) => at(room) < 0)).toEqual([]);
    const upwards = [...rooms].flatMap(([room, below]) =>
      [...below].filter((to) => at(to) <= at(room)).map((to) => `${room} imports ${to}, which is drawn above it`),
    );
    expect(upwards).toEqual([]);
  });
});

it('parts of commands take the ports they need: only what uses more than five of them takes all', () => {
  const takesAll = modules
    .filter((path) => inSrc(path).startsWith('commands/') && /\bio: Io\b/.test(readFileSync(path, 'utf8')))
    .map(inSrc);
  const parts = takesAll.filter((path) => !/^commands\/(?:triage\/)?[\w-]+\.ts$/.test(path));
  expect(takesAll.length).toBeGreaterThan(5);
  expect(parts).toEqual([
    'commands/check/check.ts',
    'commands/check/run-check.ts',
    'commands/launch/foreground.ts',
    'commands/launch/run-batch.ts',
    'commands/launch/start-services.ts',
    'commands/process/command-parts.ts',
  ]);
});

describe('rooms are small enough to be looked over', () => {
  it.each([
    ['src', 25],
    ['test', 30],
    ['bench', 30],
    ['demo', 30],
  ] as const)('%s has no folder with more than %i files', (tree, most) => {
    expect(crowded(tree, most)).toEqual([]);
  });

  it.each(['src', 'test', 'bench', 'demo'])('no file of %s has more than 300 lines', (tree) => {
    const files = filesUnder(join(ROOT, tree)).filter(isModule);
    const long = files
      .map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300);
    expect(files.length).toBeGreaterThan(5);
    expect(long.map(({ path, lines }) => `${relative(ROOT, path)}: ${lines}`)).toEqual([]);
  });
});

/** Lines that a function may have. */
const LONGEST_FUNCTION = 60;
/** Functions that are longer, each with its reason. */
const MAY_BE_LONG: Readonly<Record<string, string>> = {
  'ui/screens/errors/entry-columns.ts entryColumns': 'a table, an entry for each column',
  'ui/screens/errors/group-columns.ts groupColumns': 'a table, an entry for each column',
  'ui/screens/mailbox/folder-columns.ts folderColumns': 'a table, an entry for each column',
  'ui/screens/shared/mailbox-columns.ts mailboxColumns': 'a table, an entry for each column',
  'ui/screens/start/batch-columns.ts batchColumns': 'a table, an entry for each column',
  'words/findings/found-text.ts foundText': 'a table, a sentence for each finding; the compiler names what lacks one',
};

const BEGINS =
  /^( *)(?:export )?(?:async )?(?:function\*? (\w+)|(?:(?:private|static|override|get|set|async) )*(#?\w+)(?:<[^>]*>)?\((?:[^;]*\{)?$|const (\w+) = .*=> \{)/;

/** Functions, methods and named arrow functions, with their lines. Told by how Biome indents: each ends at its own depth. */
function functionsIn(path: string): readonly { readonly name: string; readonly lines: number }[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((text, at) => {
    const [, indent = '', ...names] = BEGINS.exec(text) ?? [];
    const name = names.find((one) => one !== undefined);
    if (name === undefined || /^(?:if|for|while|switch|return|catch|super)$/.test(name)) return [];
    // A signature over several lines closes with `): Result {` at the same depth; a call ends with `)`.
    const end = lines.findIndex(
      (line, index) => index > at && line.startsWith(`${indent}}`) && !/^ *\}.*\{$/.test(line),
    );
    const calls = lines.findIndex((line, index) => index > at && line.startsWith(`${indent})`) && !line.endsWith('{'));
    if (end < 0 || (calls >= 0 && calls < end)) return [];
    return [{ name, lines: end - at + 1 }];
  });
}

describe('functions are read in one sitting', () => {
  const all = modules.flatMap((path) =>
    functionsIn(path).map(({ name, lines }) => ({ name: `${inSrc(path)} ${name}`, lines })),
  );
  const long = all.filter(({ lines }) => lines > LONGEST_FUNCTION);

  it('sees functions, methods and arrow functions', () => {
    expect(all.length).toBeGreaterThan(3_000);
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'engine/copy/prepare/prepare-folder.ts prepareFolder',
        'engine/imap/connection/wire.ts constructor',
        'ui/app-shell.tsx Inside',
      ]),
    );
  });

  it(`none of src has more than ${LONGEST_FUNCTION} lines without a reason`, () => {
    expect(long.filter(({ name }) => !Object.hasOwn(MAY_BE_LONG, name))).toEqual([]);
  });

  it('no reason stands for a function that is short by now', () => {
    const names = new Set(long.map(({ name }) => name));
    expect(Object.keys(MAY_BE_LONG).filter((name) => !names.has(name))).toEqual([]);
  });
});

it('comments name their subject: few open with What, Who, Which, One that or Those that', () => {
  const opening = /^\s*(?:\/\*\*|\*|\/\/)\s+(?:What|Who|Which|One that|Those that)\b/;
  const everywhere = ['src', 'demo', 'bench', 'test'].flatMap((tree) => filesUnder(join(ROOT, tree)).filter(isModule));
  const found = everywhere.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((text) => opening.test(text))
      .map((text) => `${relative(ROOT, path)}: ${text.trim()}`),
  );
  expect(found.length, found.join('\n')).toBeLessThan(20);
});
