import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { TokenLogin } from '../../../demo/server/index.js';
import { aClient, aServer, loggedIn } from './harness.js';
import { RawClient } from './raw-client.js';

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const plain = (authzid: string, user: string, password: string) =>
  `AUTHENTICATE PLAIN ${base64(`${authzid}\0${user}\0${password}`)}`;

describe('passwords', () => {
  it('let in who has the right one, by LOGIN, quoted or as literals, and by PLAIN', async () => {
    const server = await aServer();
    for (const command of [
      'LOGIN ann pass',
      'LOGIN "ann" "pass"',
      'LOGIN {3+}\r\nann {4+}\r\npass',
      plain('', 'ann', 'pass'),
    ]) {
      expect(await (await aClient(server)).ask('a', command)).toMatch(/^a OK \[CAPABILITY .*MULTIAPPEND/);
    }
  });

  it('keep out who has not', async () => {
    const server = await aServer();
    for (const command of [
      'LOGIN ann wrong',
      'LOGIN nobody pass',
      plain('', 'ann', 'wrong'),
      plain('bob', 'ann', 'pass'),
    ]) {
      expect(await (await aClient(server)).ask('a', command)).toMatch(/^a NO \[(AUTHENTICATION|AUTHORIZATION)FAILED\]/);
    }
  });

  it('never stand in the log', async () => {
    const server = await aServer();
    const client = await aClient(server);
    for (const command of [
      'LOGIN ann secret',
      'LOGIN "an n" "secret"',
      'LOGIN {3+}\r\nann secret',
      plain('', 'ann', 'secret'),
    ]) {
      await client.ask('a', command);
    }
    client.write(`a AUTHENTICATE PLAIN\r\n`);
    await client.until(/^\+/);
    client.write(`${base64('\0ann\0secret')}\r\n`);
    await client.until(/^a /);
    expect(server.commandLog.join('\n')).not.toMatch(/secret|c2VjcmV0/);
    expect(server.commandLog[0]).toBe('#1 a LOGIN ann ***');
  });

  it('make any user at the first login where the server is told so', async () => {
    const server = await aServer({ anyUser: 'pass' });
    await loggedIn(server, 'new@example.org');
    expect(server.accounts.get('new@example.org').folders.has('INBOX')).toBe(true);
  });
});

describe('an admin', () => {
  const options = {
    accounts: { ann: { password: 'pass' }, bob: { password: 'pass' }, root: { password: 'super' } },
    admins: ['root'],
  };

  it('acts as a mailbox by authzid', async () => {
    const server = await aServer(options);
    const client = await aClient(server);
    expect(await client.ask('a', plain('ann', 'root', 'super'))).toMatch(/^a OK/);
    await client.ask('b', 'CREATE Made');
    expect(server.accounts.get('ann').find('Made')).toBeDefined();
  });

  it('acts as a mailbox by mailbox*admin', async () => {
    const server = await aServer(options);
    const client = await aClient(server);
    expect(await client.ask('a', 'LOGIN ann*root super')).toMatch(/^a OK/);
    await client.ask('b', 'CREATE Made');
    expect(server.accounts.get('ann').find('Made')).toBeDefined();
  });

  it('lets in no user who is not listed as an admin', async () => {
    const client = await aClient(await aServer(options));
    expect(await client.ask('a', plain('ann', 'bob', 'pass'))).toMatch(/^a NO \[AUTHORIZATIONFAILED\]/);
    expect(await client.ask('b', 'LOGIN ann*bob pass')).toMatch(/^b NO \[AUTHENTICATIONFAILED\]/);
  });
});

describe('tokens', () => {
  const xoauth2 = (token: string) => `AUTHENTICATE XOAUTH2 ${base64(`user=ann\x01auth=Bearer ${token}\x01\x01`)}`;
  const bearer = (token: string) =>
    `AUTHENTICATE OAUTHBEARER ${base64(`n,a=ann,\x01host=h\x01port=143\x01auth=Bearer ${token}\x01\x01`)}`;
  const checkToken = ({ user, token, at }: TokenLogin) => {
    if (user !== 'ann' || !token.startsWith('until-')) return 'unknown' as const;
    return Number(token.slice(6)) > at ? ('good' as const) : ('expired' as const);
  };
  const [fresh, stale] = [`until-${Date.now() + 60_000}`, 'until-1'];

  it('let in while they are good', async () => {
    const server = await aServer({ checkToken });
    expect(await (await aClient(server)).ask('a', xoauth2(fresh))).toMatch(/^a OK/);
    expect(await (await aClient(server)).ask('a', bearer(fresh))).toMatch(/^a OK/);
  });

  it.each([
    ['XOAUTH2', xoauth2(stale), ''],
    ['OAUTHBEARER', bearer(stale), 'AQ=='],
  ])('are refused by %s when expired: the reason first, then NO', async (_name, command, reply) => {
    const client = await aClient(await aServer({ checkToken }));
    client.write(`a ${command}\r\n`);
    const challenge = await client.until(/^\+ /);
    expect(JSON.parse(Buffer.from(challenge.slice(2), 'base64').toString())).toMatchObject({ status: '401' });
    client.write(`${reply}\r\n`);
    expect(await client.until(/^a /)).toMatch(/^a NO \[AUTHENTICATIONFAILED\]/);
  });

  it('are not offered where nothing checks them', async () => {
    const client = await aClient(await aServer());
    expect(await client.ask('a', xoauth2(fresh))).toMatch(/^a NO/);
  });
});

describe('the line', () => {
  it('is TLS from the first byte on one port, with a certificate that is good for 127.0.0.1', async () => {
    const server = await aServer({ listen: 'both' });
    const socket = connectTls({ host: server.host, port: server.tlsPort, ca: server.cert });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    const client = new RawClient(socket);
    expect(await client.until(/^\*/)).not.toContain('STARTTLS');
    expect(await client.ask('a', 'LOGIN ann pass')).toMatch(/^a OK/);
  });

  it('becomes TLS by STARTTLS on the other, and what was said before is forgotten', async () => {
    const server = await aServer({ listen: 'both', loginNeedsTls: 'yes' });
    const socket = connectTcp(server.port, server.host);
    const before = new RawClient(socket);
    expect(await before.until(/^\*/)).toMatch(/STARTTLS.*LOGINDISABLED/);
    expect(await before.ask('a', 'LOGIN ann pass')).toMatch(/^a NO \[PRIVACYREQUIRED\]/);
    before.write('b STARTTLS\r\nc NOOP\r\n');
    expect(await before.until(/^b /)).toMatch(/^b OK/);
    socket.removeAllListeners('data');
    const secure = connectTls({ socket, ca: server.cert, host: '127.0.0.1' });
    await once(secure, 'secureConnect');
    const client = new RawClient(secure);
    expect(await client.ask('d', 'LOGIN ann pass')).toMatch(/^d OK/);
    expect(client.pending).toBe('');
  });

  it('needs no socket for TLS', async () => {
    const server = await aServer();
    const client = await aClient(server, 'plain');
    expect(await client.ask('a', 'STARTTLS')).toMatch(/^a OK/);
    client.line.removeAllListeners('data');
    const secure = connectTls({ socket: client.line, ca: server.cert, host: 'localhost' });
    await once(secure, 'secureConnect');
    expect(await new RawClient(secure).ask('b', 'LOGIN ann pass')).toMatch(/^b OK/);
  });

  it('is TLS from the first byte without a socket too', async () => {
    const server = await aServer();
    const secure = connectTls({ socket: server.connect('tls'), ca: server.cert, host: 'localhost' });
    const client = new RawClient(secure);
    expect(await client.until(/^\*/)).not.toContain('STARTTLS');
    expect(await client.ask('a', 'LOGIN ann pass')).toMatch(/^a OK/);
  });

  it('holds no server up that stops in the middle of a handshake', async () => {
    const server = await aServer({ listen: 'both' });
    const silent = [connectTcp(server.tlsPort, server.host), connectTcp(server.port, server.host)];
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    while (server.connections < 2) await new Promise((resolve) => setImmediate(resolve));
    const closed = Promise.all(silent.map((socket) => once(socket.resume(), 'close')));
    await server.stop();
    await closed;
    expect(server.connections).toBe(0);
  });

  it('is one of at most so many for a user', async () => {
    const server = await aServer({ connectionsPerUser: 2 });
    const [first] = [await loggedIn(server), await loggedIn(server)];
    const third = await aClient(server);
    expect(await third.ask('a', 'LOGIN ann pass')).toMatch(/^a NO \[LIMIT\] Maximum number of connections/);
    await first.ask('b', 'LOGOUT');
    await first.rest();
    expect(await third.ask('c', 'LOGIN ann pass')).toMatch(/^c OK/);
    expect([server.connections, server.connectionsEver, server.connectionsPeak]).toEqual([2, 3, 3]);
  });
});
