import { describe, expect, it } from 'vitest';
import { CYRUS_HABITS, DOVECOT_HABITS } from '../../../demo/server/index.js';
import { aServer, loggedIn, ManualClock } from './harness.js';

const literal = (text: string, sign = '+') => `{${text.length}${sign}}\r\n${text}`;

describe('a batch of messages in one command', () => {
  it('is stored with flags and dates, and its UIDs come back in order', async () => {
    const server = await aServer();
    const folder = server.accounts.get('ann').addFolder('Box', { uidValidity: 77 });
    const client = await loggedIn(server);
    const answer = await client.ask(
      't',
      `APPEND Box (\\Seen kw) "02-Jan-2024 10:00:00 +0100" ${literal('one')} ${literal('two')}`,
    );
    expect(answer).toBe('t OK [APPENDUID 77 1:2] Append completed.\r\n');
    expect(folder.messages.map(({ raw }) => raw.toString())).toEqual(['one', 'two']);
    expect([...folder.messages[0]!.flags]).toEqual(['\\Seen', 'kw']);
    expect(folder.messages[0]!.internalDate).toBe(Date.UTC(2024, 0, 2, 9));
  });

  it('is stored whole or not at all when the quota ends in it', async () => {
    const server = await aServer({ accounts: { ann: { password: 'pass', quota: { messages: 2 } } } });
    const folder = server.accounts.get('ann').folder('INBOX');
    const client = await loggedIn(server);
    const three = `APPEND INBOX ${literal('one')} ${literal('two')} ${literal('three')}`;
    expect(await client.ask('t', three)).toMatch(/^t NO \[OVERQUOTA\]/);
    expect(folder.messages).toHaveLength(0);
    expect(await client.ask('u', `APPEND INBOX ${literal('one')} ${literal('two')}`)).toMatch(/^\* 2|^u OK/);
    expect(await client.ask('v', `APPEND INBOX ${literal('three')}`)).toMatch(/^v NO \[OVERQUOTA\]/);
    expect(await client.ask('w', 'GETQUOTAROOT INBOX')).toContain('(MESSAGE 2 2)');
  });

  it('counts bytes over all folders of the user, and not those of a shared one', async () => {
    const server = await aServer({ accounts: { ann: { password: 'pass', quota: { storageBytes: 2048 } }, bob: {} } });
    const ann = server.accounts.get('ann');
    ann.folder('Sent').add({ raw: () => Buffer.alloc(1000) });
    ann.mount('Public', server.accounts.get('bob').folder('INBOX')).add({ raw: Buffer.alloc(5000) });
    const client = await loggedIn(server);
    expect(await client.ask('t', `APPEND INBOX ${literal('x'.repeat(1100))}`)).toMatch(/^t NO \[OVERQUOTA\]/);
    expect(await client.ask('u', `APPEND INBOX ${literal('x'.repeat(1000))}`)).toMatch(/^u OK/);
    expect(await client.ask('v', 'GETQUOTA "User quota"')).toContain('(STORAGE 2 2)');
  });
});

describe('a refusal', () => {
  it('comes before the bytes where the client waits', async () => {
    const server = await aServer({ maxMessageBytes: 10 });
    const client = await loggedIn(server);
    for (const command of ['APPEND nope {3}', 'APPEND INBOX {11}']) {
      expect(await client.ask('t', command)).toMatch(/^t NO \[(TRYCREATE|TOOBIG)\]/);
    }
    expect(await client.ask('u', 'NOOP')).toMatch(/^u OK/);
  });

  it('comes after them where it does not, and the next command is understood', async () => {
    const server = await aServer({ maxMessageBytes: 10 });
    const client = await loggedIn(server);
    client.write(`t APPEND INBOX ${literal('x'.repeat(11))} ${literal('y')}\r\nu NOOP\r\n`);
    expect(await client.until(/^u /)).toMatch(/^t NO \[TOOBIG\].*\r\nu OK/);
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(0);
  });

  it('meets a folder of its own limit, which STATUS tells', async () => {
    const server = await aServer({ appendLimit: 1000 });
    server.accounts.get('ann').addFolder('Small', { appendLimit: 5 });
    const client = await loggedIn(server);
    expect(await client.ask('c', 'CAPABILITY')).toContain('APPENDLIMIT=1000');
    expect(await client.ask('s', 'STATUS Small (APPENDLIMIT)')).toContain('(APPENDLIMIT 5)');
    expect(await client.ask('t', `APPEND Small ${literal('123456')}`)).toMatch(/^t NO \[TOOBIG\]/);
    expect(await client.ask('u', `APPEND INBOX ${literal('123456')}`)).toMatch(/^u OK/);
  });

  it('meets a read-only folder, and one without the right to insert', async () => {
    const server = await aServer();
    server.accounts.get('ann').addFolder('Frozen', { readOnly: true });
    server.accounts.get('ann').addFolder('Seen', { rights: 'lrs' });
    const client = await loggedIn(server);
    expect(await client.ask('t', `APPEND Frozen ${literal('x')}`)).toMatch(/^t NO \[READ-ONLY\]/);
    expect(await client.ask('u', `APPEND Seen ${literal('x')}`)).toMatch(/^u NO \[NOPERM\]/);
    expect(await client.ask('v', 'SELECT Frozen')).toMatch(/PERMANENTFLAGS \(\)\].*v OK \[READ-ONLY\]/s);
  });

  it('as BAD leaves the literal to be read as a command', async () => {
    const client = await loggedIn(await aServer());
    client.write('t APPEND INBOX "31-Feb-2024 10:00:00 +0000" {6+}\r\nx NOOP\r\n');
    expect(await client.until(/^x /)).toMatch(/^t BAD.*\r\nx OK/);
  });
});

describe('what servers make of a message', () => {
  async function stored(raw: string, habits: Parameters<typeof aServer>[0]) {
    const server = await aServer(habits);
    const client = await loggedIn(server);
    const answer = await client.ask('t', `APPEND INBOX "31-Feb-2024 10:00:00 +0000" ${literal(raw)}`);
    return { answer, message: server.accounts.get('ann').folder('INBOX').messages[0] };
  }

  it('is nothing unless asked for', async () => {
    const server = await aServer();
    const client = await loggedIn(server);
    const odd = 'Subject: \xe4\r\n\r\na\nb\0c';
    await client.ask('t', `APPEND INBOX ${literal(odd)}`);
    expect(server.accounts.get('ann').folder('INBOX').messages[0]!.raw.toString('latin1')).toBe(odd);
  });

  it('is CRLF for a bare LF, 0x80 for NUL and now for an impossible date, as on Dovecot', async () => {
    const clock = new ManualClock();
    const { message } = await stored('a\r\nb\nc\0d', { habits: DOVECOT_HABITS, clock });
    expect(message!.raw.toString('latin1')).toBe('a\r\nb\r\nc\x80d');
    expect(message!.internalDate).toBe(clock.now());
    expect((await stored('', { habits: DOVECOT_HABITS })).answer).toMatch(/^t NO Can't save a zero byte message/);
  });

  it('stores X for 8-bit header bytes and a day of March for 31 February, as Cyrus does', async () => {
    const { message } = await stored('Subject: \xe4\r\n\r\n\xe4', { habits: CYRUS_HABITS });
    expect(message!.raw.toString('latin1')).toBe('Subject: X\r\n\r\n\xe4');
    expect(message!.internalDate).toBe(Date.UTC(2024, 2, 2, 10));
    expect((await stored('a\nb', { habits: CYRUS_HABITS })).answer).toMatch(/^t NO Message contains bare newlines/);
  });

  it('is a header more, as on Exchange', async () => {
    const server = await aServer({ habits: { addHeaders: ['X-Store: 1'] } });
    await (await loggedIn(server)).ask('t', `APPEND INBOX ${literal('a: b\r\n\r\nc')}`);
    expect(server.accounts.get('ann').folder('INBOX').messages[0]!.raw.toString()).toBe('X-Store: 1\r\na: b\r\n\r\nc');
  });

  it('is a keyword less where PERMANENTFLAGS does not hold it', async () => {
    const server = await aServer({ permanentFlags: ['\\Seen', '$Forwarded'] });
    const client = await loggedIn(server);
    expect(await client.ask('s', 'SELECT INBOX')).toContain('[PERMANENTFLAGS (\\Seen $Forwarded)]');
    await client.ask('t', `APPEND INBOX (\\Seen \\Flagged $forwarded other) ${literal('x')}`);
    await client.ask('u', 'UID STORE 1 +FLAGS (more)');
    expect([...server.accounts.get('ann').folder('INBOX').messages[0]!.flags]).toEqual(['\\Seen', '$forwarded']);
  });
});

it('takes a message of 60 MB that trickles in, and gives it back byte for byte', async () => {
  const server = await aServer();
  const client = await loggedIn(server);
  const size = 60 * 1024 * 1024;
  const piece = Buffer.alloc(1024 * 1024, 'abcdefghijklmnopqrstuvwxyz0123456789');
  client.write(`t APPEND INBOX {${size}+}\r\n`);
  for (let sent = 0; sent < size; sent += piece.length) client.write(piece);
  client.write('\r\n');
  expect(await client.until(/^t /)).toMatch(/^t OK \[APPENDUID/);
  const [message] = server.accounts.get('ann').folder('INBOX').messages;
  expect(message!.size).toBe(size);
  expect(message!.raw.subarray(-piece.length).equals(piece)).toBe(true);
}, 20_000);
