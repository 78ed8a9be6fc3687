import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FolderMap, mapFolders, type SideLayout } from '../../../../src/engine/copy/map/folder-map.js';
import type { ListedFolder } from '../../../../src/engine/imap/grammar/layout.js';
import { encodeModifiedUtf7, readFolderName } from '../../../../src/engine/imap/grammar/modified-utf7.js';
import { leftOutText } from '../../../../src/words/left-out.js';
import { greetsAs } from '../../../support/known-servers.js';
import { DEFAULTS } from './layouts.js';

const attribute = fc.constantFrom(
  '\\Sent',
  '\\trash',
  '\\Noselect',
  '\\All',
  '\\HasChildren',
  '\\NonExistent',
  '\\Junk',
  '\\Noinferiors',
);
const anyText = fc.string({
  unit: fc.constantFrom(...'aAbü.&/_ '.split(''), 'INBOX', 'Sent', '日'),
  minLength: 1,
  maxLength: 8,
});

function folders(text: fc.Arbitrary<string>, delimiter: string | null): fc.Arbitrary<ListedFolder[]> {
  const folder = fc.record({
    text,
    raw: fc.boolean(),
    attributes: fc.array(attribute, { maxLength: 2 }),
    subscribed: fc.boolean(),
  });
  return fc.uniqueArray(folder, { selector: ({ text: name }) => name, maxLength: 12 }).map((list) =>
    list.map(({ text: name, raw, attributes, subscribed }) => {
      const wire = raw ? name : encodeModifiedUtf7(name);
      return { wire, name: readFolderName(wire, false), delimiter, attributes, subscribed };
    }),
  );
}

function side(text: fc.Arbitrary<string>): fc.Arbitrary<SideLayout> {
  return fc.constantFrom('/', '.', null).chain((delimiter) =>
    fc.record({
      folders: folders(text, delimiter),
      prefix: fc.constantFrom('', `INBOX${delimiter ?? ''}`, `mail${delimiter ?? ''}`),
      delimiter: fc.constant(delimiter),
      otherPrefixes: fc.constantFrom([], ['']),
      specialUseOnCreate: fc.boolean(),
      foldersAre: fc.constantFrom('places', 'labels') as fc.Arbitrary<'places' | 'labels'>,
      utf8: fc.boolean(),
      known: fc.constantFrom(greetsAs(''), greetsAs('Exchange')),
    }),
  );
}

const options = fc.record({
  include: fc.constantFrom([], ['**']),
  exclude: fc.constantFrom([], ['a*']),
  map: fc.constantFrom([], [{ from: 'Sent', to: 'a/Sent' }]),
  folderPrefix: fc.constantFrom(null, 'Old'),
  includeShared: fc.boolean(),
  userRoot: fc.constantFrom(null, 'a'),
});

describe('whatever two servers list', () => {
  it('each folder is in one pair or left out with a reason', () => {
    fc.assert(
      fc.property(side(anyText), side(anyText), options, (source, destination, chosen) => {
        const mapped = mapFolders(source, destination, chosen);
        const names = source.folders.map(({ name }) => (/^inbox$/i.test(name) ? 'INBOX' : name));
        const said = [...mapped.pairs.map((pair) => pair.source.name), ...mapped.leftOut.map(({ name }) => name)];
        expect(new Set(said.map((name) => (/^inbox$/i.test(name) ? 'INBOX' : name)))).toEqual(new Set(names));
        expect(mapped.leftOut.every(({ why }) => leftOutText(why).length > 5)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('two folders go into one only where both are flagged', () => {
    fc.assert(
      fc.property(side(anyText), side(anyText), options, (source, destination, chosen) => {
        const open = mapFolders(source, destination, chosen).pairs.filter(({ selectable }) => selectable);
        for (const pair of open) {
          const same = open.filter((other) => other.destination.wire === pair.destination.wire);
          // Flagged, too, are those that a server may take for one: their names differ in case or blanks.
          if (same.length > 1) expect(pair.shared).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what does not exist is created last, after its parents, in modified UTF-7 or UTF-8', () => {
    fc.assert(
      fc.property(side(anyText), side(anyText), options, (source, destination, chosen) => {
        for (const pair of mapFolders(source, destination, chosen).pairs) {
          expect(pair.create.at(-1)).toBe(pair.exists ? undefined : pair.destination.wire);
          for (const [at, wire] of pair.create.slice(0, -1).entries()) {
            expect(pair.create[at + 1]?.startsWith(wire)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a second pass finds each folder where the first one put it', () => {
    fc.assert(
      fc.property(side(anyText), side(anyText), options, (source, empty, chosen) => {
        const destination = { ...empty, utf8: false };
        const first = mapFolders(source, destination, chosen);
        const second = mapFolders(source, afterCreating(destination, first), chosen);
        expect(second.pairs.map(({ source: { wire }, destination: { wire: to } }) => [wire, to])).toEqual(
          first.pairs.map(({ source: { wire }, destination: { wire: to } }) => [wire, to]),
        );
        expect(second.pairs.every(({ exists, create }) => exists && create.length === 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** The list of the destination once all that the map asks for is made. */
function afterCreating(layout: SideLayout, { pairs }: FolderMap): SideLayout {
  const uses = new Map(pairs.map((pair) => [pair.destination.wire, pair.use]));
  const made = new Set(pairs.flatMap(({ create }) => create));
  const plain = layout.folders.filter(({ wire }) => !made.has(wire));
  const fresh = [...made].map((wire): ListedFolder => {
    const use = uses.get(wire);
    return {
      wire,
      name: readFolderName(wire, false),
      delimiter: layout.delimiter,
      attributes: use ? [use] : [],
      subscribed: false,
    };
  });
  return { ...layout, folders: [...plain, ...fresh] };
}

describe('plain names', () => {
  const plain = fc.array(fc.string({ unit: fc.constantFrom(...'abcü日 '.split('')), minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  });

  it('keep their levels from any delimiter to any other, and never collide', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(plain, { selector: (parts) => parts.join('/') }),
        fc.constantFrom('/', '.'),
        fc.constantFrom('', 'INBOX.'),
        (paths, delimiter, prefix) => {
          const folder = (parts: readonly string[]): ListedFolder => ({
            wire: encodeModifiedUtf7(parts.join(delimiter)),
            name: parts.join(delimiter),
            delimiter,
            attributes: [],
            subscribed: false,
          });
          const base = {
            otherPrefixes: [],
            specialUseOnCreate: false,
            foldersAre: 'places',
            utf8: false,
            known: greetsAs(''),
          } as const;
          const source = { ...base, folders: paths.map(folder), prefix: '', delimiter };
          const mapped = mapFolders(source, { ...base, folders: [], prefix, delimiter: '.' }, DEFAULTS);
          expect(mapped.collisions).toEqual([]);
          expect(mapped.pairs.map(({ destination }) => destination.name.slice(prefix.length).split('.'))).toEqual(
            paths,
          );
        },
      ),
    );
  });
});
