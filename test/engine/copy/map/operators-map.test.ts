import { describe, expect, it } from 'vitest';
import { BadInput } from '../../../../src/words/bad-input.js';
import { greetsAs } from '../../../support/known-servers.js';
import { aSide } from './layouts.js';
import { EMPTY, map, pair, where } from './mapped.js';

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

  it('warns of mail that goes into a calendar of the destination, and of nothing where its folders hold mail', () => {
    const source = aSide('/', {}, 'INBOX', 'Kalender', 'Projects/Tasks');
    const folders = ['INBOX', 'Kalender', 'Tasks'] as const;
    const exchange = aSide('/', { known: greetsAs('The Microsoft Exchange IMAP4 service is ready.') }, ...folders);
    expect(map(source, exchange).warnings).toEqual([
      { kind: 'no-mail-there', source: 'Kalender', destination: 'Kalender' },
    ]);
    expect(map(source, aSide('/', {}, ...folders)).warnings).toEqual([]);
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
