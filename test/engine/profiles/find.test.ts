import { describe, expect, it } from 'vitest';
import { appendLimit } from '../../../src/engine/copy/prepare/append-limit.js';
import { KnownManners } from '../../../src/engine/login/known-manners.js';
import { expectedServer, findProfile, knownServer, mannersAt, type Seen } from '../../../src/engine/profiles/find.js';
import { ALL_PROFILES } from '../../../src/engine/profiles/known/index.js';
import { budgetsOf, ORDINARY_VALUES, PROFILE_NAMES } from '../../../src/engine/profiles/profile.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';

const seen = (parts: Partial<Seen>): Seen => ({
  host: 'mail.example',
  greeting: '',
  id: '',
  capabilities: new Set(),
  ...parts,
});

describe('a server is recognised', () => {
  it.each([
    ['outlook.office365.com', 'm365'],
    ['imap-mail.outlook.com', 'm365'],
    ['IMAP.GMAIL.COM.', 'gmail'],
    ['export.imap.mail.yahoo.com', 'yahoo-aol'],
    ['imap.aol.com', 'yahoo-aol'],
    ['imap.mail.me.com', 'icloud'],
    ['imappro.zoho.eu', 'zoho'],
    ['imap.fastmail.com', 'fastmail'],
    ['imap.ionos.de', 'ionos'],
    ['ssl0.ovh.net', 'ovh'],
    ['imap.gmx.net', 'gmx'],
    ['imap.yandex.com', 'yandex'],
    ['imap.163.com', 'netease'],
    ['notgmail.com', 'generic'],
    ['gmail.com.evil.example', 'generic'],
  ])('%s by its host as %s', (host, name) => {
    expect(findProfile(seen({ host })).name).toBe(name);
  });

  it.each([
    [{ greeting: 'The Microsoft Exchange IMAP4 service is ready.' }, 'exchange'],
    [{ greeting: 'Dovecot (Debian) ready.' }, 'dovecot'],
    [{ id: 'Dovecot' }, 'dovecot'],
    [{ greeting: 'mail.example Cyrus IMAP 3.6.1 server ready' }, 'cyrus'],
    [{ greeting: 'Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc.' }, 'courier'],
    [{ id: 'Zimbra', greeting: 'ready' }, 'zimbra'],
    [{ greeting: 'Stalwart IMAP4rev2 at your service.' }, 'stalwart'],
    [{ greeting: 'Gimap ready for requests' }, 'gmail'],
    [{ capabilities: new Set(['IMAP4REV1', 'X-GM-EXT-1']) }, 'gmail'],
    [{ greeting: 'ready', id: 'Somebody' }, 'generic'],
    [{}, 'generic'],
  ] as const)('%j as %s', (parts, name) => {
    expect(findProfile(seen(parts)).name).toBe(name);
  });

  it('by its host before its words: a Dovecot at OVH is known by what OVH does', () => {
    expect(findProfile(seen({ host: 'ssl0.ovh.net', greeting: 'Dovecot ready.' })).name).toBe('ovh');
  });
});

it('lists each name once, with a source and a date for each figure and fact', () => {
  expect(ALL_PROFILES.map(({ name }) => name)).toEqual([...PROFILE_NAMES]);
  for (const { figures, facts } of ALL_PROFILES)
    for (const { source, date } of [...Object.values(figures), ...facts]) {
      expect(source).not.toBe('');
      expect(date).toMatch(/^20\d\d-\d\d$/);
    }
});

it('knows nothing of any other server, which is treated as ever', () => {
  expect(knownServer(NO_LIMITS, seen({})).values).toEqual(ORDINARY_VALUES);
});

describe('an operator', () => {
  it('names another profile than that which is found', () => {
    const profile = { name: 'gmail', overrides: {} };
    expect(knownServer({ profile }, seen({ greeting: 'Dovecot ready.' })).name).toBe('gmail');
  });

  it('puts single values in place of those of the profile that is found', () => {
    const profile = { name: null, overrides: { messageBytes: null, connectionsOfLogin: 3 } };
    const { name, values } = knownServer({ profile }, seen({ host: 'outlook.office365.com' }));
    expect([name, values.messageBytes, values.connectionsOfLogin, values.lineOctets]).toEqual([
      'm365',
      null,
      3,
      10_500,
    ]);
  });
});

describe('the values are used', () => {
  const m365 = knownServer(NO_LIMITS, seen({ host: 'outlook.office365.com' }));

  it('for the largest message, where the server announces none', () => {
    const bytes = 35 * 1024 ** 2;
    expect(appendLimit(new Set(), { appendLimit: null }, m365)).toEqual({
      bytes,
      whose: 'the profile of the destination',
    });
    expect(appendLimit(new Set(['APPENDLIMIT=9']), { appendLimit: null }, m365)?.bytes).toBe(9);
    expect(appendLimit(new Set(), { appendLimit: 7 }, m365)?.bytes).toBe(7);
  });

  it('for the first commands on a connection', () => {
    const netease = mannersAt({ host: 'imap.163.com', limits: NO_LIMITS });
    expect(netease.introduces).toBe('always');
    const manners = new KnownManners((side) =>
      side === 'source' ? netease : mannersAt({ host: 'x', limits: NO_LIMITS }),
    );
    // It is known before anybody was refused: that teaches nothing.
    expect(manners.learn('source', { at: null }, { introduces: 'always' })).toBe(false);
    expect(manners.learn('destination', { at: null }, { introduces: 'always' })).toBe(true);
  });

  it('for the budget of a side, unless the operator gives one or none', () => {
    const gmail = expectedServer({ host: 'imap.gmail.com', limits: NO_LIMITS });
    const MB = 1024 ** 2;
    expect(budgetsOf(NO_LIMITS, gmail, 'source')).toEqual([{ of: 'account', unit: 'bytes', most: 2_000 * MB }]);
    expect(budgetsOf(NO_LIMITS, gmail, 'destination')).toEqual([{ of: 'account', unit: 'bytes', most: 400 * MB }]);
    expect(budgetsOf({ budgets: [] }, gmail, 'source')).toEqual([]);
    expect(budgetsOf(NO_LIMITS, m365, 'source')).toEqual([]);
  });
});
