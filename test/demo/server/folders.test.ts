import { describe, expect, it } from 'vitest';
import { aServer, loggedIn, MAIL } from './harness.js';

const names = (answer: string) => [...answer.matchAll(/^\* LIST \(.*?\) "." (.*)\r$/gm)].map((found) => found[1]);

describe('a server with INBOX. and dots', () => {
  const options = {
    delimiter: '.',
    prefix: 'INBOX.',
    specialFolders: { Gesendet: '\\Sent', Entwürfe: '\\Drafts' },
  } as const;

  it('says so, and lists every folder under the prefix', async () => {
    const client = await loggedIn(await aServer(options));
    expect(await client.ask('n', 'NAMESPACE')).toContain('* NAMESPACE (("INBOX." ".")) NIL NIL');
    expect(names(await client.ask('l', 'LIST "" *'))).toEqual(['INBOX', 'INBOX.Gesendet', 'INBOX.Entw&APw-rfe']);
    expect(await client.ask('m', 'LIST "" INBOX')).toContain('(\\HasChildren) "." INBOX');
  });

  it('refuses a name without the prefix, and says what is missing', async () => {
    const client = await loggedIn(await aServer(options));
    for (const command of ['CREATE Work', 'APPEND Work {3}', 'SELECT Work', 'RENAME INBOX.Gesendet Work']) {
      expect(await client.ask('t', command)).toMatch(/^t NO .*prefixed with: INBOX\./);
    }
    expect(await client.ask('u', 'CREATE inbox.Work.2024')).toMatch(/^u OK/);
    expect(names(await client.ask('l', 'LIST "" INBOX.Work*'))).toEqual(['INBOX.Work', 'INBOX.Work.2024']);
  });
});

describe('other namespaces', () => {
  it('show folders of others, which a client can read and write as rights allow', async () => {
    const server = await aServer({
      accounts: { ann: { password: 'pass' }, bob: { password: 'pass' } },
      otherUsers: ['user/'],
      shared: ['Public/'],
    });
    const [ann, bob] = [server.accounts.get('ann'), server.accounts.get('bob')];
    bob.folder('INBOX').add({ raw: MAIL });
    ann.mount('user/bob', bob.folder('INBOX'));
    ann.addFolder('Public/News', { rights: 'lr' });
    const client = await loggedIn(server);
    expect(await client.ask('n', 'NAMESPACE')).toContain('(("" "/")) (("user/" "/")) (("Public/" "/"))');
    expect(await client.ask('s', 'STATUS user/bob (MESSAGES)')).toContain('(MESSAGES 1)');
    expect(await client.ask('t', 'APPEND Public/News {3+}\r\nabc')).toMatch(/^t NO \[NOPERM\]/);
  });
});

describe('making folders', () => {
  it('keeps a special use that was asked for, and refuses one that is none', async () => {
    const client = await loggedIn(await aServer({ specialFolders: {} }));
    expect(await client.ask('a', 'CREATE Out (USE (\\Sent))')).toMatch(/^a OK/);
    expect(await client.ask('b', 'CREATE Odd (USE (\\Bogus))')).toMatch(/^b NO \[USEATTR\]/);
    expect(await client.ask('c', 'LIST (SPECIAL-USE) "" *')).toContain('(\\Sent) "/" Out');
    expect(names(await client.ask('d', 'LIST "" *'))).toEqual(['INBOX', 'Out']);
  });

  it('is refused for names that the server does not like, also as the target of RENAME', async () => {
    const refuseName = (path: string) => (path.includes('?') ? '[CANNOT] Character not allowed in mailbox name' : null);
    const client = await loggedIn(await aServer({ refuseName }));
    expect(await client.ask('a', 'CREATE "why?"')).toMatch(/^a NO \[CANNOT\]/);
    expect(await client.ask('b', 'RENAME Sent "why?"')).toMatch(/^b NO \[CANNOT\]/);
    expect(await client.ask('c', 'CREATE why')).toMatch(/^c OK/);
  });

  it('moves a whole tree with RENAME, and the mail of INBOX only', async () => {
    const server = await aServer({ specialFolders: {} });
    const ann = server.accounts.get('ann');
    ann.addFolder('A/B');
    ann.folder('A/B').add({ raw: MAIL });
    ann.folder('INBOX').add({ raw: MAIL, flags: ['\\Seen'] });
    const client = await loggedIn(server);
    await client.ask('a', 'RENAME A Z');
    await client.ask('b', 'RENAME INBOX Old');
    expect(names(await client.ask('c', 'LIST "" *'))).toEqual(['INBOX', 'Z', 'Z/B', 'Old']);
    expect(ann.folder('Z/B').messages).toHaveLength(1);
    expect([ann.folder('INBOX').messages.length, ann.folder('Old').messages.length]).toEqual([0, 1]);
  });

  it('leaves the name of a deleted parent standing, without its mail', async () => {
    const server = await aServer({ specialFolders: {} });
    const ann = server.accounts.get('ann');
    ann.addFolder('A').add({ raw: MAIL });
    ann.addFolder('A/B');
    const client = await loggedIn(server);
    expect(await client.ask('a', 'DELETE A')).toMatch(/^a OK/);
    expect(await client.ask('b', 'LIST "" A')).toContain('(\\Noselect \\HasChildren) "/" A');
    expect(await client.ask('c', 'SELECT A')).toMatch(/^c NO/);
  });

  it('loops without end for a client that trusts CREATE where rights hide the folder', async () => {
    const rights = (path: string) => (path === 'Closed' ? '' : undefined);
    const client = await loggedIn(await aServer({ everyAccount: { rights } }));
    for (const tag of ['a', 'b']) {
      expect(await client.ask(tag, 'APPEND Closed {3}')).toMatch(/NO \[TRYCREATE\]/);
    }
    expect(await client.ask('c', 'CREATE Closed')).toMatch(/^c OK/);
    expect(await client.ask('d', 'APPEND Closed {3}')).toMatch(/NO \[TRYCREATE\]/);
  });
});

it('tells the counters of all folders in one LIST', async () => {
  const server = await aServer({ specialFolders: {} });
  const ann = server.accounts.get('ann');
  ann.addFolder('Box', { uidValidity: 9, subscribed: true }).add({ raw: MAIL, uid: 40 });
  ann.addFolder('Names/only/Deep', { noselect: true });
  const client = await loggedIn(server);
  const answer = await client.ask('t', 'LIST "" * RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY))');
  expect(answer).toContain('* LIST (\\Subscribed) "/" Box\r\n* STATUS Box (MESSAGES 1 UIDNEXT 41 UIDVALIDITY 9)\r\n');
  expect(answer).toContain('* LIST (\\Noselect) "/" Names/only/Deep\r\nt OK');
});
