import { describe, expect, it } from 'vitest';
import type { Capability, ServerOptions } from '../../../demo/server/index.js';
import { aClient, aServer, loggedIn, MAIL } from './harness.js';

/** A capability, a command that uses it, what a server says that has it, and what one says that has not. */
const SWITCHES: readonly (readonly [Capability, string, RegExp, RegExp, Partial<ServerOptions>?])[] = [
  ['ID', 'ID NIL', /\* ID/, /^t BAD/],
  ['ENABLE', 'ENABLE CONDSTORE', /\* ENABLED CONDSTORE/, /^t BAD/],
  ['NAMESPACE', 'NAMESPACE', /\* NAMESPACE \(\(/, /^t BAD/],
  ['CHILDREN', 'LIST "" "%"', /HasNoChildren/, /^(?!.*Children)/s],
  ['LIST-EXTENDED', 'LIST "" "*" RETURN (CHILDREN)', /t OK/, /^t BAD/],
  ['LIST-STATUS', 'LIST "" "*" RETURN (STATUS (MESSAGES))', /\* STATUS INBOX/, /^t BAD/],
  ['SPECIAL-USE', 'LIST "" "*"', /\\Sent/, /^(?!.*\\Sent)/s],
  ['CREATE-SPECIAL-USE', 'CREATE Out (USE (\\Archive))', /^t OK/, /^t BAD/],
  ['UNSELECT', 'UNSELECT', /^t OK/, /^t BAD/],
  ['MULTIAPPEND', 'APPEND INBOX {3+}\r\nabc {3+}\r\ndef', /APPENDUID \d+ 4:5/, /^t BAD/],
  ['UIDPLUS', 'APPEND INBOX {3+}\r\nabc', /\[APPENDUID/, /^t OK Append/m],
  ['UIDPLUS', 'UID EXPUNGE 1', /^t OK/, /^t BAD/],
  ['BINARY', 'APPEND INBOX ~{3+}\r\na\0b', /t OK/, /^t BAD/],
  ['CONDSTORE', 'UID FETCH 1 (MODSEQ)', /MODSEQ \(\d+\)/, /^t BAD/],
  ['CONDSTORE', 'UID FETCH 1 (FLAGS) (CHANGEDSINCE 1)', /MODSEQ/, /^t BAD/],
  ['CONDSTORE', 'UID STORE 1 (UNCHANGEDSINCE 1) +FLAGS (\\Seen)', /\[MODIFIED/, /^t BAD/],
  ['CONDSTORE', 'SELECT INBOX (CONDSTORE)', /\[HIGHESTMODSEQ/, /t BAD/],
  ['CONDSTORE', 'SELECT INBOX', /\[HIGHESTMODSEQ/, /^(?!.*MODSEQ)/s],
  ['CONDSTORE', 'STATUS INBOX (HIGHESTMODSEQ)', /HIGHESTMODSEQ \d/, /^t BAD/],
  ['ESEARCH', 'UID SEARCH RETURN (COUNT) ALL', /\* ESEARCH .* COUNT 3/, /^t BAD/],
  ['QUOTA', 'GETQUOTAROOT INBOX', /^t OK/, /^t BAD/],
  ['APPENDLIMIT', 'STATUS INBOX (APPENDLIMIT)', /APPENDLIMIT NIL/, /^t BAD/, { appendLimit: 1000 }],
  ['UIDNEXT', 'SELECT INBOX', /\[UIDNEXT 4\]/, /^(?!.*UIDNEXT)/s],
  ['UIDNEXT', 'STATUS INBOX (MESSAGES UIDNEXT)', /UIDNEXT 4/, /\(MESSAGES 3\)/],
];

async function answerTo(command: string, options: Partial<ServerOptions>): Promise<string> {
  const server = await aServer(options);
  for (let count = 0; count < 3; count += 1) server.accounts.get('ann').folder('INBOX').add({ raw: MAIL });
  const client = await loggedIn(server);
  await client.ask('s', 'SELECT INBOX');
  return client.ask('t', command);
}

describe.each(SWITCHES.map((each) => ({ each, name: each[0] })))('$name', ({ each }) => {
  const [capability, command, having, lacking, options = {}] = each;
  it(`${command.split('\r')[0]} is done with it`, async () => {
    expect(await answerTo(command, options)).toMatch(having);
  });

  it(`${command.split('\r')[0]} is not done without it`, async () => {
    expect(await answerTo(command, { ...options, without: [capability] })).toMatch(lacking);
  });
});

const ADVERTISED = [...new Set(SWITCHES.map(([capability]) => capability))].filter((name) => name !== 'UIDNEXT');

it.each(ADVERTISED)('%s is advertised only when it is there', async (capability) => {
  const words = async (without: readonly Capability[]) =>
    (await (await loggedIn(await aServer({ appendLimit: 1000, without }))).ask('c', 'CAPABILITY')).split(/[\s=]+/);
  expect(await words([])).toContain(capability);
  expect(await words([capability])).not.toContain(capability);
});

describe('before login', () => {
  it.each([
    ['AUTH=PLAIN', 'AUTHENTICATE PLAIN AGFubgBwYXNz', /^t NO/],
    ['SASL-IR', 'AUTHENTICATE PLAIN AGFubgBwYXNz', /^t BAD/],
    ['STARTTLS', 'STARTTLS', /^t BAD/],
  ] as const)('%s is neither offered nor done when off', async (capability, command, refused) => {
    const on = await aClient(await aServer(), 'plain');
    expect(await on.ask('t', 'CAPABILITY')).toContain(capability);
    const off = await aClient(await aServer({ without: [capability] }), 'plain');
    expect(await off.ask('t', 'CAPABILITY')).not.toContain(capability);
    expect(await off.ask('t', command)).toMatch(refused);
  });
});

describe('literals that do not wait', () => {
  it('are BAD and the end of the line without LITERAL+', async () => {
    const server = await aServer({ without: ['LITERAL+'] });
    const client = await loggedIn(server);
    expect(await client.ask('c', 'CAPABILITY')).not.toMatch(/LITERAL/);
    client.write('t APPEND INBOX {3+}\r\nabc\r\n');
    expect(await client.rest()).toMatch(/^t BAD/);
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(0);
  });

  it('are taken up to 4096 bytes with LITERAL-, which stands in for LITERAL+', async () => {
    const client = await loggedIn(await aServer({ with: ['LITERAL-'] }));
    expect(await client.ask('c', 'CAPABILITY')).toMatch(/LITERAL-/);
    expect(await client.ask('c', 'CAPABILITY')).not.toMatch(/LITERAL\+/);
    expect(await client.ask('t', `APPEND INBOX {4096+}\r\n${'x'.repeat(4096)}`)).toMatch(/^t OK/);
    client.write(`u APPEND INBOX {4097+}\r\n${'x'.repeat(4097)}\r\n`);
    expect(await client.rest()).toMatch(/^u BAD/);
  });
});
