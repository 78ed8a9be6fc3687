import { chown, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MAIL_ID } from '../../bench/lab/dovecot-conf.js';
import { PLAIN_HABITS, startImapServer } from '../../demo/server/index.js';
import { lastOf, story } from '../support/nightferry.js';
import { RawImap } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

const LIMIT = 600;

describeReal('a source, before and after', {}, (world) => {
  const maildir = (user: string) => join(world.pair.dir, 'source', 'mail', user, 'Maildir');
  /** Message files: their names hold the flags, and the folder they lie in says whether anyone has seen them. */
  const filesOf = async (user: string) =>
    (await readdir(maildir(user), { recursive: true })).filter((path) => /\/?(?:cur|new)\/./.test(path)).sort();
  const deliver = async (user: string, name: string, text: string) => {
    const path = join(maildir(user), 'new', name);
    await writeFile(path, text, 'latin1');
    await chown(path, MAIL_ID, MAIL_ID);
  };

  it('is not touched: no flag, no file, no message; what is \\Deleted stays so on both sides', async () => {
    const ann = newcomer('ann');
    await world.fill(ann, 'small', { limit: LIMIT });
    await deliver(ann, '1700000000.M1P1.host', 'Subject: not seen by anyone\n\nnew\n');
    const before = { mail: await world.mailAt(world.source(ann)), files: await filesOf(ann) };
    expect(before.files.filter((path) => path.startsWith('new/')).length).toBeGreaterThan(0);
    expectSynced(await world.move(ann));
    expectSynced(await world.move(ann));
    expect(await filesOf(ann)).toEqual(before.files);
    expect(await world.mailAt(world.source(ann))).toEqual(before.mail);
    await world.expectFaithful(ann, LIMIT + 1);
    const deleted = async (mail: typeof before.mail) =>
      [...mail.values()].flatMap(({ messages }) => messages ?? []).filter(({ flags }) => flags.includes('\\deleted'));
    const there = await deleted(await world.mailAt(world.destination(ann)));
    expect(there.length).toBe((await deleted(before.mail)).length);
    expect(there.length).toBeGreaterThan(0);
  });

  it('may hold files with NUL, without line ends or in CRLF: what it gives is what arrives', async () => {
    const user = newcomer('odd');
    const client = await RawImap.connect(world.source(user));
    await client.ok('SELECT INBOX');
    await client.logout();
    const odd = {
      lf: 'Subject: LF\nMessage-ID: <lf@x>\n\nunix\nlines\n',
      crlf: 'Subject: CRLF\r\nMessage-ID: <crlf@x>\r\n\r\ndos\r\nlines\r\n',
      both: 'Subject: both\r\nMessage-ID: <both@x>\n\r\nmixed\nlines\r\nhere',
      cr: 'Subject: CR\nMessage-ID: <cr@x>\n\nold\rmac\rlines\n',
      nul: 'Subject: NUL\nMessage-ID: <nul@x>\n\nbefore \0 after \0\0\n',
      headNul: 'Subject: N\0L\nMessage-ID: <headnul@x>\n\nbody\n',
      headless: '\nonly a body\n',
      bare: 'no header, no end of line',
      eight: 'Subject: caf\xe9 \xfc\nX-Raw: \xff\xfe\n\n\x80\x81\xff\n',
    };
    for (const [name, text] of Object.entries(odd)) await deliver(user, `1700000001.${name}.host`, text);
    const files = await filesOf(user);
    const ended = await world.move(user);
    expectSynced(ended);
    await world.expectFaithful(user, Object.keys(odd).length);
    expect(await filesOf(user)).toEqual(files);
    expect(await world.operator.errors(user)).toEqual([]);
  });

  it('that gives NUL and bare LF over the wire gets its messages stored, and each change is reported', async () => {
    const user = newcomer('wire');
    const server = await startImapServer({ listen: 'plain', habits: PLAIN_HABITS, anyUser: 'pass' });
    try {
      const odd = [
        'Subject: NUL\r\nMessage-ID: <n@x>\r\n\r\nbefore \0 after\r\n',
        'Subject: LF\r\nMessage-ID: <l@x>\r\n\r\nbare\nline\nfeeds\r\n',
        'Subject: plain\r\nMessage-ID: <p@x>\r\n\r\nbody\r\n',
      ];
      const inbox = server.accounts.get(user).folder('INBOX');
      for (const raw of odd) inbox.add({ raw: Buffer.from(raw), internalDate: Date.UTC(2024, 1, 1) });
      const ended = await world.move(user, { source: server.port });
      expect(ended.code, story(ended)).toBe(0);
      expect(lastOf(ended)).toMatchObject({ counts: { copied: 3, failed: 0, left: 0 } });
      const groups = await world.operator.errors(user);
      expect(groups.flatMap(({ entries }) => entries).map(({ uids, response }) => [uids, response])).toEqual([
        [
          '1:2',
          'stored, but changed by the destination: line ends, NUL bytes, 8-bit headers, white space in headers or headers of an mbox file, as servers do',
        ],
      ]);
    } finally {
      await server.stop();
    }
  });
});
