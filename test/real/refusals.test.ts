import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lastOf, story } from '../support/nightferry.js';
import { RawImap } from '../support/raw-imap.js';
import { describeReal, expectSynced } from './world.js';

describeReal('a destination that refuses', {}, (world) => {
  /** Puts so many bytes of body into each of these messages of a source folder. */
  const put = async (user: string, folder: string, sizes: readonly number[]) => {
    const client = await RawImap.connect(world.source(user));
    if (folder !== 'INBOX') await client.command(`CREATE ${folder}`);
    for (const [at, size] of sizes.entries()) {
      const head = `Subject: ${folder} ${at}\r\nMessage-ID: <${folder}.${at}@x>\r\n\r\n`;
      const raw = Buffer.from(`${head}${`${'x'.repeat(76)}\r\n`.repeat(Math.ceil(size / 78))}`);
      await client.append(folder, ['\\Seen'], '02-Feb-2024 10:00:00 +0100', raw);
    }
    await client.logout();
  };
  /** The error ledger as an operator reads it: what the server said, of which messages. */
  const ledger = async (batch: string) =>
    (await world.operator.errors(batch)).flatMap(({ code, kind, entries }) =>
      entries.map(({ side, command, folder, uids, response }) => ({
        code,
        kind,
        side,
        command,
        folder,
        uids,
        response,
      })),
    );
  // Both servers know the users that fail, so only the destination's is one of them.
  const move = (user: string, to: string) => world.operator.run(world.moveOf(user, {}, to));

  it('more than the quota: what fits is there, the mailbox is held, and resumes when there is room', async () => {
    const [user, to] = ['full', 'full@quota'];
    await put(
      user,
      'INBOX',
      Array.from({ length: 40 }, () => 20_000),
    );
    const ended = await move(user, to);
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended).state).toMatchObject({ kind: 'held', because: expect.stringContaining('OVERQUOTA') });
    const entered = await ledger(user);
    const response = expect.stringMatching(
      /^NO \[OVERQUOTA\] Quota exceeded \(mailbox for user is full\) \([\d. +secs]+\)\.$/,
    );
    const refused = { code: 'OVERQUOTA', kind: 'quota', side: 'destination', command: 'APPEND', response };
    expect(entered).toContainEqual({ ...refused, folder: 'INBOX', uids: expect.stringMatching(/^\d+(?::\d+)?/) });
    for (const entry of entered) expect(entry).toMatchObject(refused);
    const { findings, destination } = await world.compare(user, to);
    expect(findings.every(({ what }) => what === 'missing')).toBe(true);
    expect(destination).toBeGreaterThan(4);
    expect(destination).toBeLessThan(40);
    await allow('quota', 'userdb_quota_rule=*:storage=200K', 'userdb_quota_rule=*:storage=20M');
    const resumed = await world.operator.run(['resume', user, '--json']);
    expectSynced(resumed);
    await world.expectFaithful(user, 40, to);
    expect(await ledger(user)).toEqual([]);
  });

  it('more than so many messages, as a quota too', async () => {
    const [user, to] = ['many', 'many@quotamsg'];
    await put(
      user,
      'INBOX',
      Array.from({ length: 30 }, () => 500),
    );
    const ended = await move(user, to);
    expect(ended.code, story(ended)).toBe(3);
    const { findings, destination } = await world.compare(user, to);
    expect(destination).toBe(10);
    expect(findings.map(({ what }) => what)).toEqual(Array.from({ length: 20 }, () => 'missing'));
    expect(await ledger(user)).toContainEqual(expect.objectContaining({ code: 'OVERQUOTA', folder: 'INBOX' }));
  });

  it('large messages: each is entered alone, and all others arrive', async () => {
    const [user, to] = ['big', 'big@small'];
    await put(user, 'INBOX', [500, 70_000, 800, 900, 200_000, 1000, 64_000]);
    const ended = await move(user, to);
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended)).toMatchObject({
      state: { kind: 'synced' },
      counts: { copied: 5, failed: 2, left: 0 },
      errors: 2,
    });
    expect(await ledger(user)).toEqual([
      {
        code: 'LIMIT',
        kind: 'message-policy',
        side: 'destination',
        command: 'APPEND',
        folder: 'INBOX',
        uids: '2,5',
        response: expect.stringMatching(
          /^NO \[LIMIT\] Mail size is larger than the maximum size allowed by server configuration \([\d. +secs]+\)\.$/,
        ),
      },
    ]);
    const { findings } = await world.compare(user, to);
    expect(findings.map(({ what, source }) => [what, source?.uid])).toEqual([
      ['missing', 2],
      ['missing', 5],
    ]);
    await allow('small', 'userdb_quota_max_mail_size=64K', 'userdb_quota_max_mail_size=64M');
    expectSynced(await world.operator.run(['resume', user, '--json']));
    await world.expectFaithful(user, 7, to);
    expect(await ledger(user)).toEqual([]);
  });

  it('some folders: those are entered, the others arrive', async () => {
    const [open, refused] = [
      ['INBOX', 'Fine'],
      ['ReadOnly', 'NoInsert', 'Closed'],
    ];
    for (const folder of [...open, ...refused]) await put('rights', folder, [400, 500]);
    const ended = await move('rights', 'rights@acl');
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended)).toMatchObject({ state: { kind: 'synced' }, errors: 3 });
    const entered = await ledger('rights');
    expect(entered.map(({ folder }) => folder).sort()).toEqual([...refused].sort());
    for (const entry of entered) {
      expect(entry).toMatchObject({
        side: 'destination',
        response: expect.stringMatching(
          /^NO (?:\[NOPERM\] Permission denied|Mailbox doesn't exist: \w+) \([\d. +secs]+\)\.$/,
        ),
      });
    }
    const { findings, foldersMissing } = await world.compare('rights', 'rights@acl');
    const missing = new Set(findings.filter(({ what }) => what === 'missing').map(({ folder }) => folder));
    expect(findings.filter(({ what }) => what !== 'missing')).toEqual([]);
    expect([...new Set([...missing, ...foldersMissing])].sort()).toEqual([...refused].sort());
    await writeFile(join(world.pair.dir, 'destination', 'acl'), '');
    expectSynced(await world.operator.run(['resume', 'rights', '--json']));
    await world.expectFaithful('rights', 10, 'rights@acl');
    expect(await ledger('rights')).toEqual([]);
  });

  it('a wrong password: held at once, tried once, and nothing made anywhere', async () => {
    const ended = await world.move('wrong', {}, { passwords: { destination: 'not it' } });
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended)).toMatchObject({ state: { kind: 'held' }, attempts: 1 });
    expect(await ledger('wrong')).toEqual([
      {
        code: 'AUTHENTICATIONFAILED',
        kind: 'auth',
        side: 'destination',
        command: 'LOGIN',
        folder: null,
        uids: '',
        response: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
      },
    ]);
    const right = await world.operator.run(['resume', 'wrong', '--json']);
    expectSynced(right);
    expect(await ledger('wrong')).toEqual([]);
  });

  it('logins in maintenance: said in the server’s words, and tried again until it is told to stop', async () => {
    const run = world.operator.start(world.moveOf('eve', {}, 'eve@nologin'));
    while (!run.events.some((event) => event.type === 'mailbox' && event.mailbox.state.kind === 'backing-off')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await world.operator.run(['stop', 'eve'])).code).toBe(0);
    expect((await run.ended).code).toBe(4);
    expect(await ledger('eve')).toEqual([
      {
        code: 'CONTACTADMIN',
        kind: 'mailbox-state',
        side: 'destination',
        command: 'LOGIN',
        folder: null,
        uids: '',
        response: 'NO [CONTACTADMIN] Maintenance_until_06:00_UTC',
      },
    ]);
    await allow('nologin', 'nologin=y reason=Maintenance_until_06:00_UTC', '');
    expectSynced(await world.operator.run(['resume', 'eve', '--json']));
    expect(await ledger('eve')).toEqual([]);
  });

  /** Changes what the destination allows. Dovecot looks whether its user file has changed once a second. */
  async function allow(domain: string, before: string, after: string): Promise<void> {
    const path = join(world.pair.dir, 'destination', 'domains');
    const text = await readFile(path, 'utf8');
    const rows = text.split('\n').map((row) => (row.startsWith(`${domain}:`) ? row.replace(before, after) : row));
    await writeFile(path, rows.join('\n'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
  }
});
