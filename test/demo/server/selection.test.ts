import { describe, expect, it } from 'vitest';
import { aServer, loggedIn, MAIL } from './harness.js';

async function aFolderOf(count: number) {
  const server = await aServer();
  const folder = server.accounts.get('ann').addFolder('Box', { uidValidity: 5 });
  for (let uid = 1; uid <= count; uid += 1) folder.add({ raw: MAIL });
  return { server, folder };
}

describe('a selected folder', () => {
  it('tells what others did to it with the next answer', async () => {
    const { server, folder } = await aFolderOf(3);
    const client = await loggedIn(server);
    await client.ask('s', 'SELECT Box');
    folder.add({ raw: MAIL });
    folder.expunge(1);
    folder.setFlags(new Map([[folder.find(3)!, new Set(['\\Seen'])]]));
    const news = await client.ask('t', 'NOOP');
    expect(news.split('\r\n').slice(0, -2)).toEqual([
      '* 3 FETCH (FLAGS (\\Seen \\Recent))',
      '* 1 EXPUNGE',
      '* 3 EXISTS',
    ]);
    expect(await client.ask('u', 'NOOP')).toBe('u OK NOOP completed.\r\n');
  });

  it('keeps its numbers through FETCH, and says that a message is gone', async () => {
    const { server, folder } = await aFolderOf(3);
    const client = await loggedIn(server);
    await client.ask('s', 'SELECT Box');
    folder.expunge(2);
    const rows = await client.ask('t', 'FETCH 1:3 (UID)');
    expect(rows).toMatch(/^\* 1 FETCH \(UID 1\)\r\n\* 3 FETCH \(UID 3\)\r\nt NO \[EXPUNGEISSUED\]/);
    expect(await client.ask('u', 'UID FETCH 1:3 (FLAGS)')).toMatch(/\* 2 EXPUNGE\r\n(.*\r\n)?u NO \[EXPUNGEISSUED\]/);
  });

  it('loses its deleted messages by CLOSE when SELECTed, and not when EXAMINEd or UNSELECTed', async () => {
    const { server, folder } = await aFolderOf(0);
    folder.add({ raw: MAIL, flags: ['\\Deleted'] });
    const client = await loggedIn(server);
    for (const [open, close] of [
      ['EXAMINE Box', 'CLOSE'],
      ['SELECT Box', 'UNSELECT'],
    ] as const) {
      await client.ask('s', open);
      await client.ask('t', close);
      expect(folder.messages).toHaveLength(1);
    }
    await client.ask('s', 'SELECT Box');
    await client.ask('t', 'CLOSE');
    expect(folder.messages).toHaveLength(0);
  });

  it('does not change by EXAMINE, whatever is asked', async () => {
    const { server, folder } = await aFolderOf(1);
    const client = await loggedIn(server);
    expect(await client.ask('s', 'EXAMINE Box')).toContain('[PERMANENTFLAGS ()]');
    await client.ask('a', 'UID FETCH 1 BODY[]');
    await client.ask('b', 'UID STORE 1 +FLAGS (\\Deleted)');
    await client.ask('c', 'EXPUNGE');
    expect(folder.messages.map(({ flags }) => [...flags])).toEqual([[]]);
  });

  it('has no mod-sequences where the store keeps none', async () => {
    const server = await aServer();
    server.accounts.get('ann').addFolder('Old', { noModseq: true });
    expect(await (await loggedIn(server)).ask('s', 'SELECT Old')).toContain('* OK [NOMODSEQ]');
  });

  it('gets a new UIDVALIDITY and new UIDs after a restore', async () => {
    const { server, folder } = await aFolderOf(3);
    folder.expunge(1);
    folder.renumber(99);
    const client = await loggedIn(server);
    expect(await client.ask('s', 'EXAMINE Box')).toMatch(/\[UIDVALIDITY 99\].*\[UIDNEXT 3\]/s);
    expect(await client.ask('t', 'UID SEARCH ALL')).toMatch(/^\* SEARCH 1 2\r/);
  });

  it('is closed by a SELECT that fails', async () => {
    const { server } = await aFolderOf(1);
    const client = await loggedIn(server);
    await client.ask('s', 'SELECT Box');
    expect(await client.ask('t', 'SELECT nope')).toMatch(/^\* OK \[CLOSED\].*\r\nt NO/);
    expect(await client.ask('u', 'FETCH 1 (FLAGS)')).toMatch(/^u BAD/);
  });
});

describe('rows', () => {
  it('of 5,000 messages made on demand come in order, and nothing is made for flags alone', async () => {
    const server = await aServer();
    const folder = server.accounts.get('ann').folder('INBOX');
    let made = 0;
    for (let uid = 1; uid <= 5000; uid += 1) {
      folder.add({
        raw: () => {
          made += 1;
          return Buffer.from(`Subject: ${uid}\r\n\r\nBody ${uid}\r\n`);
        },
      });
    }
    const client = await loggedIn(server);
    await client.ask('s', 'EXAMINE INBOX');
    await client.ask('f', 'UID FETCH 1:* (UID FLAGS INTERNALDATE)');
    expect(made).toBe(0);
    const rows = await client.ask('t', 'UID FETCH 1:* (UID BODY.PEEK[])');
    expect(made).toBe(5000);
    expect([...rows.matchAll(/Body (\d+)/g)].map((found) => Number(found[1]))).toEqual(
      Array.from({ length: 5000 }, (_, index) => index + 1),
    );
  });
});
