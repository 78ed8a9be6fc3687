import { describe, expect, it } from 'vitest';
import type { Capability, ServerOptions } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import { letter, letters, type Mail, oddMail } from '../../support/odd-mail.js';
import { expectSameMail, foldersOf, mailIn } from '../../support/same-mail.js';

const without = (...names: readonly Capability[]): ServerOptions => ({ without: names });

describe('a mailbox with everything in it arrives whole', () => {
  const DESTINATIONS: readonly (readonly [string, ServerOptions])[] = [
    ['all capabilities', {}],
    ['no MULTIAPPEND', without('MULTIAPPEND')],
    ['LITERAL- for LITERAL+', { with: ['LITERAL-'] }],
    ['no kind of LITERAL+', without('LITERAL+')],
    ['no UIDPLUS', without('UIDPLUS')],
    ['no UIDNEXT', without('UIDNEXT')],
    ['no UIDPLUS, no UIDNEXT, no LITERAL+', without('UIDPLUS', 'UIDNEXT', 'LITERAL+')],
    ['no BINARY', without('BINARY')],
    ['no SASL-IR', without('SASL-IR')],
    [
      'nothing but RFC 3501',
      without(
        'LITERAL+',
        'UIDPLUS',
        'MULTIAPPEND',
        'LIST-EXTENDED',
        'LIST-STATUS',
        'SPECIAL-USE',
        'CREATE-SPECIAL-USE',
        'NAMESPACE',
        'CONDSTORE',
        'UNSELECT',
        'ID',
        'ENABLE',
        'ESEARCH',
        'BINARY',
        'CHILDREN',
        'SASL-IR',
      ),
    ],
  ];

  it.each(DESTINATIONS)('at a destination with %s', async (_, destination) => {
    const night = await aNight({ mail: () => oddMail(), destination });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await night.errors()).toEqual([]);
  });

  it.each([
    ['no LIST-EXTENDED', without('LIST-EXTENDED')],
    ['no LIST-STATUS', without('LIST-STATUS')],
    ['no NAMESPACE, no SPECIAL-USE', without('NAMESPACE', 'SPECIAL-USE')],
    ['no CONDSTORE', without('CONDSTORE')],
    ['no UIDNEXT', without('UIDNEXT')],
    DESTINATIONS.at(-1)!,
  ] as const)('from a source with %s', async (_, source) => {
    const night = await aNight({ mail: () => oddMail(), source });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('from half a second away, at the same bytes', async () => {
    const night = await aNight({ mail: () => oddMail(), source: { latencyMs: 250 }, destination: { latencyMs: 250 } });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('folders', () => {
  it('that are empty are made, and subscriptions are kept', async () => {
    const night = await aNight({ mail: () => ({ Empty: [], 'Empty/Leer': [], Quiet: [] }) });
    night.source.account('ann').subscriptions.delete('Quiet');
    expect(await night.run()).toBe(0);
    const there = night.destination.account('ann');
    expect(foldersOf(there)).toEqual(expect.arrayContaining(['Empty', 'Empty/Leer', 'Quiet']));
    expect([...there.subscriptions]).toEqual(expect.arrayContaining(['Empty', 'Empty/Leer']));
    expect([...there.subscriptions]).not.toContain('Quiet');
  });

  it('with a special use go to the folder that has it there, whatever its name', async () => {
    const night = await aNight({
      mail: () => ({ Sent: letters(3, 'sent'), Trash: letters(2, 'trash'), 'Sent/2020': letters(2, 'old') }),
      destination: {
        specialFolders: { Gesendet: '\\Sent', Papierkorb: '\\Trash', Entwürfe: '\\Drafts', Spam: '\\Junk' },
      },
    });
    expect(await night.run()).toBe(0);
    const there = night.destination.account('ann');
    expect(mailIn(there, 'Gesendet')).toHaveLength(3);
    expect(mailIn(there, 'Papierkorb')).toHaveLength(2);
    expect(mailIn(there, 'Gesendet/2020')).toHaveLength(2);
    expect(foldersOf(there)).not.toContain('Sent');
  });

  const NESTED: Mail = { INBOX: [letter('in')], 'A/B/C': [letter('deep')], 'Übersicht/Rechnungen & Co': [letter('u')] };

  it.each([
    ['/', '', '.', 'INBOX.'],
    ['.', 'INBOX.', '/', ''],
    ['.', '', '/', ''],
    ['/', '', '.', ''],
    ['.', 'INBOX.', '.', 'INBOX.'],
  ] as const)('cross delimiters and prefixes: %s %s -> %s %s', async (delimiter, prefix, theirs, theirPrefix) => {
    const night = await aNight({
      mail: () => NESTED,
      source: { delimiter, prefix },
      destination: { delimiter: theirs, prefix: theirPrefix },
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann', (path) =>
      path === 'INBOX' ? path : theirPrefix + path.slice(prefix.length).replaceAll(delimiter, theirs),
    );
  });

  it('that hold no mail of their own stay so, and their children arrive', async () => {
    const night = await aNight({ mail: () => ({ 'Parent/Child': letters(2) }) });
    expect(night.source.account('ann').folder('Parent').noselect).toBe(true);
    expect(await night.run()).toBe(0);
    expect(mailIn(night.destination.account('ann'), 'Parent/Child')).toHaveLength(2);
    expect(night.destination.account('ann').folder('Parent').noselect).toBe(true);
    // Opened once, to see: servers are known to mark folders that hold mail.
    expect(night.source.sent('EXAMINE').map(({ folder }) => folder)).toContain('Parent');
  });

  it('of other users and shared ones are left out', async () => {
    const night = await aNight({ source: { shared: ['Public/'] }, mail: () => ({ INBOX: [letter('mine')] }) });
    night.source.account('ann').addFolder('Public/All').add(letter('everybody’s'));
    expect(await night.run()).toBe(0);
    expect(foldersOf(night.destination.account('ann')).filter((path) => path.includes('Public'))).toEqual([]);
  });
});
