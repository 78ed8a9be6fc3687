import { once } from 'node:events';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { expect, it } from 'vitest';
import { bye, type ImapServer, type ServerOptions, script, whenConnected } from '../../../demo/server/index.js';
import { Door } from '../../../src/engine/imap/connection/transport.js';
import { Secret } from '../../../src/engine/imap/session/credentials.js';
import { LoginFailed } from '../../../src/engine/imap/session/login-failed.js';
import { openSession, type Session } from '../../../src/engine/imap/session/session.js';
import { readFailure } from '../../../src/engine/mailbox/read-failure.js';
import { systemClock } from '../../../src/words/clock.js';
import { aServer } from '../../demo/server/harness.js';
import { anEndpoint } from '../../support/batch/plain-batch.js';

/** The insides of imapflow that src/engine/imap/session relies on, much of it outside its types: a new version is held to it here. */

const PASSWORD = 'correct horse';
const TRUST = { ca: null, fingerprint: null };

interface Insides {
  commands: Map<string, unknown>;
  authCapabilities: Map<string, boolean>;
  clearSocketHandlers(): void;
  greeting?: string;
}

interface Attempt {
  readonly client: ImapFlow;
  readonly insides: Insides;
  readonly door: Door;
  /** Entries of its log, of all levels. */
  readonly log: { readonly level: string; readonly entry: unknown }[];
  readonly error: unknown;
}

async function connect(
  server: ImapServer,
  options: Partial<ImapFlowOptions> = {},
  before?: (insides: Insides) => void,
): Promise<Attempt> {
  const door = new Door(() => server.connect(options.doSTARTTLS ? 'plain' : 'secured'), TRUST);
  const log: { level: string; entry: unknown }[] = [];
  const at = (level: string) => (entry: unknown) => void log.push({ level, entry });
  const client = new ImapFlow({
    host: 'mail.test',
    port: 143,
    secure: false,
    doSTARTTLS: false,
    transport: door,
    auth: { user: 'ann', pass: PASSWORD },
    disableAutoIdle: true,
    disableAutoEnable: true,
    logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    ...options,
  });
  const insides = client as unknown as Insides;
  before?.(insides);
  client.on('error', () => {});
  const error: unknown = await client.connect().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { client, insides, door, log, error };
}

const house = (options: ServerOptions = {}) =>
  aServer({ accounts: { ann: { password: PASSWORD }, admin: { password: PASSWORD } }, admins: ['admin'], ...options });

const asAdmin = { user: 'admin', pass: PASSWORD, authzid: 'ann', loginMethod: 'AUTH=PLAIN' as const };

it('looks its commands up in a map: ID and NAMESPACE are not sent once they are replaced there', async () => {
  const server = await house();
  const plain = await connect(server);
  expect(plain.error).toBeNull();
  expect(server.commandLog.join('\n')).toMatch(/\bID\b[\s\S]*\bNAMESPACE\b/);
  plain.client.close();

  const other = await house();
  const { error, client } = await connect(other, {}, ({ commands }) => {
    expect([commands.has('ID'), commands.has('NAMESPACE')]).toEqual([true, true]);
    commands.set('ID', async () => ({ name: '', skipped: '' }));
    commands.set('NAMESPACE', async () => false);
  });
  expect(error).toBeNull();
  expect(other.commandLog.join('\n')).not.toMatch(/\bID\b|\bNAMESPACE\b/);
  client.close();
});

it('lets go of its socket, which then is ours to write to and to read', async () => {
  const server = await house();
  const { insides, door, client } = await connect(server);
  const socket = door.socket!;
  insides.clearSocketHandlers();
  socket.unpipe();
  expect(socket.listenerCount('data')).toBe(0);
  expect(socket.listenerCount('readable')).toBe(0);
  let ended = 0;
  client.on('close', () => ended++);
  socket.resume();
  const answered = once(socket, 'data');
  socket.write('mine NOOP\r\n');
  expect(String((await answered)[0])).toMatch(/^mine OK /m);
  socket.destroy();
  await once(socket, 'close');
  expect(ended).toBe(0);
});

it('says that it logged in by AUTH=PLAIN, where it acted as another', async () => {
  const server = await house();
  const { error, insides, client } = await connect(server, { auth: asAdmin });
  expect(error).toBeNull();
  expect(insides.authCapabilities.get('AUTH=PLAIN')).toBe(true);
  client.close();
});

it('never says so where the server has no AUTH=PLAIN, and a login would open the admin’s own mailbox', async () => {
  const server = await house({ without: ['AUTH=PLAIN'] });
  const { insides, client } = await connect(server, { auth: asAdmin });
  expect(insides.authCapabilities.get('AUTH=PLAIN')).not.toBe(true);
  client.close();
});

it('tells a refused login by authenticationFailed, and the whole line', async () => {
  const server = await house();
  const { error } = await connect(server, { auth: { user: 'ann', pass: 'wrong' } });
  expect(error).toMatchObject({
    authenticationFailed: true,
    responseStatus: 'NO',
    serverResponseCode: 'AUTHENTICATIONFAILED',
    response: expect.stringMatching(/^\S+ NO \[AUTHENTICATIONFAILED\] Authentication failed\.$/),
  });
});

it('tells a BYE at the greeting by its code, and logs the line', async () => {
  const server = await house({ fault: script(whenConnected(bye('[UNAVAILABLE] come back later'))) });
  const { error, log } = await connect(server);
  expect(error).toMatchObject({ code: 'ClosedAfterConnectText' });
  expect(log.map(({ entry }) => entry)).toContainEqual(
    expect.objectContaining({ src: 's', msg: expect.stringContaining('* BYE [UNAVAILABLE] come back later') }),
  );
});

it('sends no password where STARTTLS is asked for and not offered', async () => {
  const server = await house({ without: ['STARTTLS'] });
  const { error } = await connect(server, { doSTARTTLS: true });
  expect(error).toMatchObject({ tlsFailed: true });
  expect(server.commandLog.join('\n')).not.toMatch(/LOGIN|AUTHENTICATE/);
});

it('tells a connection that drops before the greeting by an error, and not by silence', async () => {
  const server = await house({ fault: script(whenConnected({ kind: 'drop', after: null })) });
  const { error } = await connect(server);
  expect(error).toBeInstanceOf(Error);
  expect(error).toHaveProperty('code');
});

it('logs every line it reads, at debug, and no secret at any level', async () => {
  for (const auth of [{ user: 'ann', pass: PASSWORD }, asAdmin]) {
    for (const without of [[], ['AUTH=PLAIN'], ['SASL-IR']] as const) {
      const server = await house({ without });
      const { log, client } = await connect(server, { auth });
      client.close();
      const read = log.filter(({ entry }) => (entry as { src?: string }).src === 's');
      expect(read.length).toBeGreaterThanOrEqual(2);
      expect(
        read.every(({ level, entry }) => level === 'debug' && typeof (entry as { msg: unknown }).msg === 'string'),
      ).toBe(true);
      const all = JSON.stringify(log);
      expect(all).not.toContain(PASSWORD);
      for (const hidden of [`\0ann\0${PASSWORD}`, `\0admin\0${PASSWORD}`, `ann\0admin\0${PASSWORD}`, PASSWORD]) {
        expect(all).not.toContain(Buffer.from(hidden).toString('base64'));
      }
    }
  }
});

it('gives capabilities as a map, a number where one was said, and keeps the greeting', async () => {
  const server = await house({ appendLimit: 5000 });
  const { client, insides } = await connect(server);
  expect(client.capabilities.get('APPENDLIMIT')).toBe(5000);
  expect(client.capabilities.get('UIDPLUS')).toBe(true);
  expect(insides.greeting).toEqual(expect.any(String));
  client.close();
});

/** The session itself, over the same server. */
function session(
  server: ImapServer,
  of: {
    user?: string;
    authzid?: string;
    password?: string;
    token?: string;
    security?: 'starttls';
    entrance?: 'plain';
  } = {},
): Promise<Session> {
  const security = of.security ?? 'plaintext';
  return openSession({
    side: 'source',
    endpoint: anEndpoint({ host: 'mail.test', port: 143, security, authzid: of.authzid !== undefined }),
    trust: TRUST,
    login: {
      user: of.user ?? 'ann',
      authzid: of.authzid ?? null,
      credential: of.token
        ? { kind: 'token', token: new Secret(of.token) }
        : { kind: 'password', password: new Secret(of.password ?? PASSWORD) },
    },
    connect: () => server.connect(of.entrance ?? (security === 'starttls' ? 'plain' : 'secured')),
    clock: systemClock,
    onNotice: () => {},
  });
}

it('opens a session whose wire answers, with what the server can do in upper case', async () => {
  const server = await house({ appendLimit: 5000 });
  const { wire, capabilities } = await session(server);
  expect([...capabilities]).toEqual(expect.arrayContaining(['UIDPLUS', 'APPENDLIMIT=5000', 'LITERAL+']));
  expect((await wire.command('NOOP', ['NOOP'])).status).toBe('OK');
  wire.leave();
});

it.each([
  [
    'a wrong password',
    {},
    { password: 'wrong' },
    { refused: true, line: 'NO [AUTHENTICATIONFAILED] Authentication failed.' },
  ],
  [
    'a BYE at the greeting',
    { fault: script(whenConnected(bye('[UNAVAILABLE] later'))) },
    {},
    { refused: false, line: '* BYE [UNAVAILABLE] later' },
  ],
  ['STARTTLS that is not offered', { without: ['STARTTLS'] }, { security: 'starttls' }, { refused: false, line: null }],
] as const)('says what came of %s', async (_what, options, of, told) => {
  const server = await house(options as ServerOptions);
  const failed = await session(server, of).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(LoginFailed);
  expect(failed).toMatchObject({ side: 'source', ...told });
  expect(JSON.stringify(failed)).not.toContain(PASSWORD);
});

it.each([
  [
    'LOGINDISABLED',
    { loginNeedsTls: 'yes' },
    { entrance: 'plain' },
    /^the server offers no login by password on this connection: .*CAPABILITY.* STARTTLS .*LOGINDISABLED/,
    { rule: 'login-wants-encryption', kind: 'auth', scope: 'endpoint', next: 'hold' },
  ],
  [
    'no way for a token',
    { without: ['AUTH=XOAUTH2', 'AUTH=OAUTHBEARER'] },
    { token: PASSWORD },
    /^the server offers no login by token on this connection: .*CAPABILITY.* AUTH=PLAIN/,
    { rule: 'login-not-offered', kind: 'auth', scope: 'endpoint', next: 'hold' },
  ],
] as const)(
  'sends nothing that is secret to a server that says %s, and holds',
  async (_, options, of, said, verdict) => {
    const server = await house(options as ServerOptions);
    const failed = await session(server, of).catch((error: unknown) => error);
    expect(failed).toMatchObject({ side: 'source', refused: false, line: null, message: expect.stringMatching(said) });
    expect(server.commandLog.join('\n')).not.toMatch(/LOGIN|AUTHENTICATE/);
    expect(readFailure(failed)).toMatchObject({ goes: 'hold', response: expect.stringMatching(said), verdict });
  },
);

it.each([
  ['OAUTHBEARER, where it is offered', {}, 'OAUTHBEARER'],
  ['XOAUTH2 where that is all', { without: ['AUTH=OAUTHBEARER'] }, 'XOAUTH2'],
] as const)('shows what a server says of a token by %s, decoded, and nothing of the token', async (_, options, by) => {
  const server = await house({ ...options, checkToken: () => 'expired' } as ServerOptions);
  const failed = await session(server, { token: 'hunter2-token' }).catch((error: unknown) => error);
  expect(server.commandLog.join('\n')).toContain(`AUTHENTICATE ${by}`);
  expect(failed).toMatchObject({ refused: true, credentialKind: 'token' });
  expect(readFailure(failed)?.response).toBe(
    'NO [AUTHENTICATIONFAILED] Authentication failed. (status 401, schemes bearer, scope https://mail.example/)',
  );
  expect(JSON.stringify(failed)).not.toContain('hunter2');
});

it('opens no mailbox at all where it cannot act as another', async () => {
  const server = await house({ without: ['AUTH=PLAIN'] });
  const failed = await session(server, { user: 'admin', authzid: 'ann' }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(LoginFailed);
  expect(server.commandLog.join('\n')).not.toMatch(/EXAMINE|SELECT|LIST/);
});
