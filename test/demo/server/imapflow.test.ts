import { ImapFlow } from 'imapflow';
import { expect, it } from 'vitest';
import { aServer, MAIL } from './harness.js';

it('serves imapflow, over TLS and after STARTTLS', async () => {
  const server = await aServer({ listen: 'both' });
  const folder = server.accounts.get('ann').addFolder('Entwürfe/Alt');
  folder.add({ raw: MAIL, flags: ['\\Seen', 'kw'], internalDate: Date.UTC(2024, 0, 1) });
  for (const secure of [true, false]) {
    const client = new ImapFlow({
      host: server.host,
      port: secure ? server.tlsPort : server.port,
      secure,
      ...(secure ? {} : { doSTARTTLS: true }),
      tls: { ca: server.cert },
      auth: { user: 'ann', pass: 'pass' },
      logger: false,
      disableAutoIdle: true,
    });
    client.on('error', () => {});
    await client.connect();
    expect((await client.list()).map(({ path }) => path)).toContain('Entwürfe/Alt');
    const lock = await client.getMailboxLock('Entwürfe/Alt', { readOnly: true });
    const rows = [];
    for await (const row of client.fetch(
      '1:*',
      { uid: true, flags: true, source: true, internalDate: true },
      { uid: true },
    )) {
      rows.push(row);
    }
    lock.release();
    expect(rows[0]!.source?.equals(MAIL)).toBe(true);
    expect([...(rows[0]!.flags ?? [])]).toEqual(expect.arrayContaining(['\\Seen', 'kw']));
    expect(rows[0]!.internalDate).toEqual(new Date(Date.UTC(2024, 0, 1)));
    const appended = await client.append('INBOX', MAIL, ['\\Seen'], new Date(Date.UTC(2024, 1, 1)));
    expect(appended).toMatchObject({ uid: secure ? 1 : 2 });
    await client.logout();
  }
});
