import { describe, expect, it } from 'vitest';
import { warningText } from '../../../../src/engine/copy/map/folder-warnings.js';
import { aSide } from './layouts.js';
import { EMPTY, map, pair, where } from './mapped.js';

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
