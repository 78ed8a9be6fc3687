import { describe, expect, it } from 'vitest';
import {
  type FolderMap,
  type MapOptions,
  mapFolders,
  type SideLayout,
} from '../../../../src/engine/copy/map/folder-map.js';
import { warningText } from '../../../../src/engine/copy/map/folder-warnings.js';
import { BadInput } from '../../../../src/words/bad-input.js';
import { greetsAs } from '../../../support/known-servers.js';
import { aSide, DEFAULTS } from './layouts.js';

const EMPTY = aSide('/', {}, 'INBOX');
const map = (source: SideLayout, destination: SideLayout, options: Partial<MapOptions> = {}) =>
  mapFolders(source, destination, { ...DEFAULTS, ...options });
const where = (mapped: FolderMap) =>
  Object.fromEntries(mapped.pairs.map((pair) => [pair.source.name, pair.destination.name]));
const pair = (mapped: FolderMap, name: string) => mapped.pairs.find(({ source }) => source.name === name);

describe('delimiters and prefixes', () => {
  it('moves a slashed mailbox below a prefix with dots, and back', () => {
    const slashes = aSide('/', {}, 'INBOX', 'Archive', 'Archive/2024', 'INBOX/Old');
    const dots = aSide('.', { prefix: 'INBOX.' }, 'INBOX');
    expect(where(map(slashes, dots))).toEqual({
      INBOX: 'INBOX',
      Archive: 'INBOX.Archive',
      'Archive/2024': 'INBOX.Archive.2024',
      'INBOX/Old': 'INBOX.Old',
    });
    const courier = aSide('.', { prefix: 'INBOX.' }, 'INBOX', 'INBOX.Archive', 'INBOX.Archive.2024');
    expect(where(map(courier, EMPTY))).toEqual({
      INBOX: 'INBOX',
      'INBOX.Archive': 'Archive',
      'INBOX.Archive.2024': 'Archive/2024',
    });
  });

  it('writes a name that holds the delimiter of the destination visibly otherwise, and says so', () => {
    const mapped = map(aSide('/', {}, 'Dr. Who'), aSide('.', {}, 'INBOX'));
    expect(where(mapped)).toEqual({ 'Dr. Who': 'Dr_ Who' });
    expect(mapped.warnings.map(warningText)).toEqual([
      'Dr. Who cannot be written so at the destination: it becomes Dr_ Who',
    ]);
  });

  it('creates missing parents first, and what is there not at all', () => {
    const mapped = map(aSide('/', {}, 'a/b/c'), aSide('.', { prefix: 'INBOX.' }, 'INBOX', 'INBOX.a'));
    expect(pair(mapped, 'a/b/c')).toMatchObject({ exists: false, create: ['INBOX.a.b', 'INBOX.a.b.c'] });
    expect(pair(map(aSide('/', {}, 'a'), aSide('/', {}, 'a')), 'a')).toMatchObject({ exists: true, create: [] });
  });

  it('says before the night that the destination allows no folders below INBOX', () => {
    const mapped = map(aSide('/', {}, 'INBOX/Old'), aSide('/', {}, 'INBOX \\Noinferiors'));
    expect(mapped.warnings).toContainEqual({ kind: 'no-inferiors', destination: 'INBOX/Old', parent: 'INBOX' });
  });
});

describe('INBOX', () => {
  it('is met in any case and comes first', () => {
    const mapped = map(aSide('/', {}, 'Archive', 'Inbox', 'inbox/Old'), aSide('/', {}, 'INBOX'));
    expect(mapped.pairs[0]).toMatchObject({ how: 'inbox', exists: true, destination: { wire: 'INBOX' } });
    expect(where(mapped)['inbox/Old']).toBe('INBOX/Old');
  });
});

describe('special-use folders', () => {
  const german = aSide(
    '/',
    {},
    'INBOX',
    'Gesendet \\Sent',
    'Entwürfe \\Drafts',
    'Papierkorb \\Trash',
    'Spamverdacht \\Junk',
  );

  it('go by attribute whatever the names, and their children follow', () => {
    const mapped = map(aSide('.', {}, 'Sent \\sent', 'Sent.2023', 'Drafts \\Drafts', 'Wastebin \\TRASH'), german);
    expect(where(mapped)).toEqual({
      Sent: 'Gesendet',
      'Sent.2023': 'Gesendet/2023',
      Drafts: 'Entwürfe',
      Wastebin: 'Papierkorb',
    });
    expect(pair(mapped, 'Drafts')).toMatchObject({
      how: 'special-use',
      destination: { wire: 'Entw&APw-rfe' },
      exists: true,
    });
    expect(pair(mapped, 'Sent.2023')).toMatchObject({ how: 'special-use', create: ['Gesendet/2023'] });
  });

  it('go by a well-known name where a side gives no attribute', () => {
    expect(pair(map(aSide('/', {}, 'Éléments envoyés'), german), 'Éléments envoyés')).toMatchObject({
      how: 'well-known',
      destination: { name: 'Gesendet' },
    });
    const bare = aSide('/', {}, 'INBOX', 'Sent Items', 'Sent');
    expect(where(map(aSide('/', {}, 'Gesendet \\Sent'), bare))).toEqual({ Gesendet: 'Gesendet' });
    expect(where(map(aSide('/', {}, 'Gesendet \\Sent'), aSide('/', {}, 'Sent Items')))).toEqual({
      Gesendet: 'Sent Items',
    });
  });

  it('go by their own name where a well-known name would be a guess', () => {
    expect(where(map(aSide('/', {}, 'Sent', 'Sent Items'), german))).toEqual({
      Sent: 'Sent',
      'Sent Items': 'Sent Items',
    });
    expect(where(map(aSide('/', {}, 'Projects/Sent'), german))).toEqual({ 'Projects/Sent': 'Projects/Sent' });
    const both = aSide('/', {}, 'Sent Items', 'Gesendet \\Sent');
    expect(where(map(aSide('/', {}, 'Sent Items'), both))).toEqual({ 'Sent Items': 'Sent Items' });
  });

  it.each([
    ['a name that cannot be written as it is', '.', ['.a \\Sent', 'Sent'], '/', ['INBOX']],
    ['a second folder whose name means the same', '/', ['Gesendet \\Sent', 'Sent Items'], '/', ['INBOX', 'Sent']],
    ['a parent whose name means the same', '/', ['Gesendet \\Sent', 'Sent Items/2023'], '/', ['INBOX', 'Sent']],
    ['two names that become one', '/', ['.a \\Sent', '_a'], '.', ['INBOX', 'Sent']],
  ] as const)('stay where the first pass put them: %s', (_, delimiter, names, toDelimiter, there) => {
    const source = aSide(delimiter, {}, ...names);
    const first = map(source, aSide(toDelimiter, {}, ...there));
    const made = first.pairs.flatMap(({ create }) => create);
    expect(made).not.toEqual([]);
    expect(where(map(source, aSide(toDelimiter, {}, ...there, ...made)))).toEqual(where(first));
  });

  it('of which one side marks two go together by attribute once, the other by name', () => {
    expect(where(map(aSide('/', {}, 'Zwei \\Sent', 'Sent \\Sent'), german))).toEqual({
      Sent: 'Gesendet',
      Zwei: 'Zwei',
    });
  });

  it('are made with their attribute where the destination can and has none', () => {
    const able = aSide('/', { specialUseOnCreate: true }, 'INBOX', 'Trash \\Trash');
    const mapped = map(aSide('/', {}, 'Gesendet \\sent', 'Kram', 'Papierkorb \\Trash'), able);
    expect(mapped.pairs.map(({ use }) => use)).toEqual(['\\Sent', null, null]);
    expect(pair(map(aSide('/', {}, 'Gesendet \\Sent'), EMPTY), 'Gesendet')?.use).toBeNull();
  });

  it('views of Gmail are never taken for real folders, and said', () => {
    const gmail = aSide(
      '/',
      {},
      'INBOX',
      '[Gmail] \\Noselect',
      '[Gmail]/All Mail \\All',
      '[Gmail]/Starred \\Flagged',
      '[Gmail]/Sent Mail \\Sent',
    );
    const dst = aSide('/', {}, 'INBOX', 'Everything \\All', 'Stars \\Flagged', 'Sent \\Sent');
    const mapped = map(gmail, dst);
    expect(where(mapped)).toMatchObject({
      '[Gmail]/All Mail': '[Gmail]/All Mail',
      '[Gmail]/Starred': '[Gmail]/Starred',
      '[Gmail]/Sent Mail': 'Sent',
    });
    expect(mapped.warnings.filter(({ kind }) => kind === 'view')).toHaveLength(2);
  });
});

describe('names on the wire', () => {
  it('meets a folder whose accents are composed otherwise', () => {
    const mapped = map(aSide('/', {}, 'Übersicht'.normalize('NFD')), aSide('/', {}, 'Übersicht'));
    expect(mapped.pairs[0]).toMatchObject({ exists: true, destination: { wire: '&ANw-bersicht' } });
  });

  it('keeps an illegal name as the source writes it, legal at the destination', () => {
    const mapped = map(aSide('/', {}, '~R&D'), EMPTY);
    expect(mapped.pairs[0]).toMatchObject({ source: { wire: 'R&D' }, destination: { name: 'R&D', wire: 'R&-D' } });
    expect(mapped.warnings).toEqual([{ kind: 'unreadable-name', source: 'R&D' }]);
  });

  it('writes UTF-8 to a destination that speaks it', () => {
    const [pair] = map(aSide('/', {}, 'Ärger & Co'), aSide('/', { utf8: true })).pairs;
    expect(Buffer.from(pair?.destination.wire ?? '', 'latin1').toString('utf8')).toBe('Ärger & Co');
  });
});

describe('parents without mail', () => {
  const source = aSide(
    '/',
    {},
    'Lists \\Noselect',
    'Lists/kernel',
    'Dead \\NonExistent',
    'Views \\Noselect',
    'Views/Sent \\Sent',
  );

  it('are made for what lies below them, and never opened', () => {
    const mapped = map(source, aSide('/', {}, 'Gesendet \\Sent'));
    expect(pair(mapped, 'Lists')).toMatchObject({ selectable: false, create: ['Lists'] });
    expect(pair(mapped, 'Lists/kernel')?.create).toEqual(['Lists', 'Lists/kernel']);
    expect(mapped.leftOut.map(({ name }) => name)).toEqual(['Dead', 'Views']);
  });
});

describe('what is left out', () => {
  it('names calendar and the like on Exchange, with what lies below, and only there', () => {
    const folders = ['INBOX', 'Kalender', 'Kalender/Geburtstage', 'Contacts', 'Projects/Tasks', 'Notes'] as const;
    const exchange = aSide('/', { known: greetsAs('The Microsoft Exchange IMAP4 service is ready.') }, ...folders);
    expect(map(exchange, EMPTY).leftOut.map(({ name }) => name)).toEqual([
      'Kalender',
      'Kalender/Geburtstage',
      'Contacts',
      'Notes',
    ]);
    expect(map(aSide('/', { known: greetsAs('Dovecot ready.') }, ...folders), EMPTY).leftOut).toEqual([]);
    expect(where(map(exchange, EMPTY, { include: ['Notes'] }))).toEqual({ Notes: 'Notes' });
  });

  it('names shared folders unless they are asked for', () => {
    const cyrus = aSide(
      '.',
      { prefix: 'INBOX.', otherPrefixes: ['user.', ''] },
      'INBOX',
      'INBOX.Sent',
      'user.bob',
      'news',
    );
    const mapped = map(cyrus, EMPTY);
    expect(Object.keys(where(mapped))).toEqual(['INBOX', 'INBOX.Sent']);
    expect(mapped.leftOut).toHaveLength(2);
    expect(mapped.leftOut[0]?.why).toBe('shared');
    expect(where(map(cyrus, EMPTY, { includeShared: true }))).toMatchObject({ 'user.bob': 'user/bob', news: 'news' });
  });

  it('takes the root of a shared namespace with it', () => {
    const source = aSide('/', { otherPrefixes: ['Public/'] }, 'Public \\Noselect', 'Public/Team', 'Publications');
    expect(Object.keys(where(map(source, EMPTY)))).toEqual(['Publications']);
  });

  it('goes by globs on the name, with or without the prefix', () => {
    const courier = aSide('.', { prefix: 'INBOX.' }, 'INBOX', 'INBOX.Spam', 'INBOX.Archive', 'INBOX.Archive.2024');
    expect(Object.keys(where(map(courier, EMPTY, { exclude: ['Spam', 'INBOX/Archive/*'] })))).toEqual([
      'INBOX',
      'INBOX.Archive',
    ]);
    expect(Object.keys(where(map(courier, EMPTY, { include: ['Archive/**'] })))).toEqual([
      'INBOX.Archive',
      'INBOX.Archive.2024',
    ]);
  });
});

describe('the operator’s own map', () => {
  const source = aSide('/', {}, 'INBOX', 'Sent \\Sent', 'Sent/Old', 'Work', 'Work/A');
  const destination = aSide('.', { prefix: 'INBOX.' }, 'INBOX', 'INBOX.Sent \\Sent');

  it('applies to a folder and its children, before any attribute', () => {
    const mapped = map(source, destination, {
      map: [
        { from: 'Work', to: 'Archive/Work' },
        { from: 'Sent/Old', to: 'Archive/Sent' },
      ],
    });
    expect(where(mapped)).toEqual({
      INBOX: 'INBOX',
      Sent: 'INBOX.Sent',
      'Sent/Old': 'INBOX.Archive.Sent',
      Work: 'INBOX.Archive.Work',
      'Work/A': 'INBOX.Archive.Work.A',
    });
    expect(pair(mapped, 'Work/A')?.how).toBe('map');
  });

  it('puts everything, INBOX too, below a folder prefix', () => {
    const mapped = map(source, destination, { folderPrefix: 'Old/2024' });
    expect(where(mapped)).toMatchObject({ INBOX: 'INBOX.Old.2024.INBOX', Sent: 'INBOX.Old.2024.Sent' });
    expect(mapped.pairs.every(({ how, use }) => how === 'name' && use === null)).toBe(true);
  });

  it('is refused in one line where a side of it is empty', () => {
    expect(() => map(source, destination, { map: [{ from: 'Work', to: '' }] })).toThrow(BadInput);
  });
});

describe('a user root', () => {
  const admin = aSide(
    '/',
    { otherPrefixes: ['user/'] },
    'INBOX',
    'user/ann',
    'user/ann/Sent',
    'user/anna',
    'user/ann/Sent/2023',
  );

  it.each(['user/ann', '/user/ann/'])('%s is the mailbox: itself its INBOX, and nothing beside it', (userRoot) => {
    const mapped = map(admin, aSide('/', {}, 'INBOX', 'Gesendet \\Sent'), { userRoot });
    expect(where(mapped)).toEqual({
      'user/ann': 'INBOX',
      'user/ann/Sent': 'Gesendet',
      'user/ann/Sent/2023': 'Gesendet/2023',
    });
    expect(mapped.leftOut.map(({ name }) => name)).toEqual(['INBOX', 'user/anna']);
  });

  it('that holds nothing is said', () => {
    expect(map(admin, EMPTY, { userRoot: 'user/nobody' }).warnings).toEqual([
      { kind: 'empty-root', root: 'user/nobody' },
    ]);
  });
});

describe('clashes', () => {
  it('flags two folders that go into one, for the copy to take one after the other', () => {
    const mapped = map(aSide('/', {}, 'Sent \\Sent', 'Gesendet', 'Other'), aSide('/', {}, 'Gesendet \\Sent'));
    expect(mapped.pairs.map(({ shared }) => shared)).toEqual([true, true, false]);
    expect(mapped.collisions[0]).toMatchObject({ destination: 'Gesendet', sources: ['Sent', 'Gesendet'] });
    expect(mapped.warnings).toContainEqual({ kind: 'merged', destination: 'Gesendet', sources: ['Sent', 'Gesendet'] });
  });

  it('warns of names that differ in case only, and keeps them apart', () => {
    const mapped = map(aSide('/', {}, 'Foo', 'foo', 'bar'), aSide('/', {}, 'INBOX', 'BAR'));
    expect(mapped.warnings.filter(({ kind }) => kind === 'case-clash')).toHaveLength(2);
    expect(mapped.collisions).toEqual([]);
  });
});

describe('subscriptions', () => {
  it('are carried over where they are not there yet', () => {
    const mapped = map(aSide('/', {}, '+a', '+b', 'c'), aSide('/', {}, '+a', 'b'));
    expect(mapped.pairs.map(({ subscribe }) => subscribe)).toEqual([false, true, false]);
  });
});
