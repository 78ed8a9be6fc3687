import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareAccounts, comparisonText } from '../support/compare.js';
import { FOLDERS, fill, messages } from '../support/corpus.js';
import { type DovecotPair, dovecotAvailable, MASTER, startDovecot } from '../support/dovecot.js';
import { startProxy } from '../support/proxy.js';
import { listFolders, RawImap, type RawTarget } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';

const available = dovecotAvailable();
const LIMIT = 550;

describe.skipIf(!available.ok)('the harness against real servers', () => {
  let pair: DovecotPair;
  /** Ann has the same mail on both sides, and no test changes it. */
  let ann: { readonly source: RawTarget; readonly destination: RawTarget };
  beforeAll(async () => {
    pair = await startDovecot({
      destination: {
        separator: '.',
        prefix: 'INBOX.',
        names: 'german',
        hiddenCapabilities: ['MULTIAPPEND'],
        maxConnections: 3,
      },
    });
    ann = {
      source: { port: pair.source.port, user: 'ann' },
      destination: { port: pair.destination.port, user: 'ann' },
    };
    for (const target of [ann.source, ann.destination]) await fill(target, 'small', { limit: LIMIT });
  });
  afterAll(() => pair?.stop());

  it('fills both, whatever their separators and names, and finds them equal', async () => {
    const compared = await compareAccounts(ann.source, {
      ...ann.destination,
      port: pair.destination.tlsPort,
      certificate: pair.certificate,
    });
    // The corpus went into the German server under English names, so its special-use folders differ by right.
    const elsewhere = ['Sent', 'Drafts', 'Trash', 'Junk'];
    expect(compared.findings.filter(({ folder }) => !elsewhere.includes(folder))).toEqual([]);
    expect([...compared.foldersExtra].sort()).toEqual([...elsewhere].sort());
    const again = await compareAccounts(ann.source, ann.source);
    expect(comparisonText(again)).toBe('');
    expect(again.identical).toBe(LIMIT);
  });

  it('sees one message that is gone, one that came twice and one flag that changed', async () => {
    const [left, right] = ['bob', 'bea'].map((name) => ({ port: pair.source.port, user: newcomer(name) })) as [
      { port: number; user: string },
      { port: number; user: string },
    ];
    for (const target of [left, right]) await fill(target, 'small', { limit: 40 });
    const client = await RawImap.connect(right);
    await client.ok('SELECT INBOX');
    await client.ok('UID STORE 1 +FLAGS.SILENT (\\Deleted)');
    await client.ok('UID EXPUNGE 1');
    await client.ok('UID STORE 2 +FLAGS.SILENT (Changed)');
    await client.ok('UID COPY 3 INBOX');
    await client.logout();
    const { findings } = await compareAccounts(left, right);
    expect(findings.map(({ what }) => what).sort()).toEqual(['duplicate', 'flags', 'missing']);
  });

  it('logs the admin in as anyone, by login name and by authzid', async () => {
    const { port } = pair.source;
    await (await RawImap.connect({ port, user: `ann*${MASTER.user}`, password: MASTER.password })).logout();
    const client = await RawImap.open({ port });
    const plain = Buffer.from(`ann\0${MASTER.user}\0${MASTER.password}`).toString('base64');
    await client.ok(`AUTHENTICATE PLAIN ${plain}`);
    const status = await client.ok('STATUS Archive (MESSAGES)');
    const expected = [...messages('small', { limit: LIMIT })].filter(({ folder }) => folder === 'Archive').length;
    expect(status.untagged[0]?.text).toContain(`MESSAGES ${expected}`);
    await client.logout();
  });

  it('has its own separators, names and missing capabilities', async () => {
    const client = await RawImap.connect({ port: pair.destination.port, user: 'carl' });
    const listed = await listFolders(client);
    expect(listed.find(({ attributes }) => attributes.includes('\\sent'))?.wire).toBe('INBOX.Gesendet');
    expect(client.capabilities.has('MULTIAPPEND')).toBe(false);
    expect(client.capabilities.has('UIDPLUS')).toBe(true);
    await client.logout();
  });

  it.each([
    ['dave@quota', 'A'.repeat(300_000), /OVERQUOTA/],
    ['dave@small', 'A'.repeat(100_000), /LIMIT/],
  ])('refuses %s what it must', async (user, body, why) => {
    const client = await RawImap.connect({ port: pair.destination.port, user });
    const reply = await client.append(
      'INBOX',
      [],
      '01-Jan-2024 00:00:00 +0000',
      Buffer.from(`Subject: x\r\n\r\n${body}\r\n`),
    );
    expect(reply).toMatchObject({ status: 'NO', line: expect.stringMatching(why) });
    await client.logout();
  });

  it('turns away who may not log in, and the fourth connection of one user', async () => {
    const { port } = pair.destination;
    const user = newcomer('eve');
    await expect(RawImap.connect({ port, user: 'eve@nologin' })).rejects.toThrow(/Maintenance/);
    await expect(RawImap.connect({ port, user, password: 'wrong' })).rejects.toThrow(/AUTHENTICATIONFAILED/);
    const open = await Promise.all([1, 2, 3].map(() => RawImap.connect({ port, user })));
    await expect(RawImap.connect({ port, user })).rejects.toThrow(/Maximum number of connections/);
    await Promise.all(open.map((client) => client.logout()));
  });

  it('is a server without UIDPLUS behind the proxy, and all mail arrives through it', async () => {
    const proxy = await startProxy({ target: pair.source, withoutUidPlus: true });
    try {
      const through = { port: proxy.port, user: newcomer('finn') };
      const { messages: stored } = await fill(through, 'small', { limit: 60 });
      expect(stored).toBe(60);
      expect(proxy.stats).toMatchObject({ appendUidsSent: 60, appendUidsSeen: 0 });
      const compared = await compareAccounts({ ...through, port: pair.source.port }, through);
      expect(compared.identical).toBe(60);
      expect((await RawImap.connect(through)).capabilities.has('UIDPLUS')).toBe(false);
    } finally {
      await proxy.stop();
    }
  });

  it('holds each folder of the corpus, the empty ones too', async () => {
    const client = await RawImap.connect(ann.source);
    const names = (await listFolders(client)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...FOLDERS.map(([name]) => name), 'Empty', 'Empty/Leer']));
    await client.logout();
  });
});
