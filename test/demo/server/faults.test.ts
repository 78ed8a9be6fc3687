import { describe, expect, it } from 'vitest';
import {
  answer,
  answerAfterDoing,
  answerAndDrop,
  bye,
  type CommandEvent,
  delay,
  drop,
  dropAfterDoing,
  dropAfterReceiving,
  dropAfterSending,
  garbleRow,
  hang,
  omitRow,
  script,
  unsolicited,
  when,
  whenBytes,
  whenConnected,
  whenMessage,
  whenRow,
} from '../../../demo/server/index.js';
import { aClient, aServer, loggedIn, MAIL, ManualClock, settled } from './harness.js';
import { RawClient } from './raw-client.js';

const append = (text = 'hello') => `APPEND INBOX {${text.length}+}\r\n${text}`;

describe('a command', () => {
  it('is answered otherwise than it should, and not done', async () => {
    const fault = script(when('APPEND', answer('* OK [ALERT] Soon full', 'NO [OVERQUOTA] Full'), { nth: 2 }));
    const server = await aServer({ fault });
    const client = await loggedIn(server);
    expect(await client.ask('a', append())).toMatch(/^a OK/);
    expect(await client.ask('b', append())).toBe('* OK [ALERT] Soon full\r\nb NO [OVERQUOTA] Full\r\n');
    expect(await client.ask('c', append())).toMatch(/^c OK/);
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(2);
  });

  it('is refused before the literal where the client waits', async () => {
    const client = await loggedIn(await aServer({ fault: script(when('APPEND', answer('NO [UNAVAILABLE] Later'))) }));
    expect(await client.ask('a', 'APPEND INBOX {5}')).toBe('a NO [UNAVAILABLE] Later\r\n');
  });

  it('is done and answered as if it were not', async () => {
    const server = await aServer({ fault: script(when('APPEND', answerAfterDoing('NO [SERVERBUG] Internal error'))) });
    expect(await (await loggedIn(server)).ask('a', append())).toBe('a NO [SERVERBUG] Internal error\r\n');
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(1);
  });

  it('is done, and its tag is lost with the line', async () => {
    const server = await aServer({ fault: script(when('APPEND', dropAfterDoing(), { nth: 2 })) });
    const client = await loggedIn(server);
    client.write(`a ${append()}\r\nb ${append()}\r\nc ${append()}\r\n`);
    expect(await client.rest()).toMatch(/^a OK[^\n]*\n$/);
    await settled();
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(2);
  });

  it('is never done where the connection drops instead', async () => {
    const server = await aServer({ fault: script(when('APPEND', drop())) });
    const client = await loggedIn(server);
    client.write(`a ${append()}\r\n`);
    expect(await client.rest()).toBe('');
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(0);
    expect((await loggedIn(server)).pending).toBe('');
  });

  it('ends with BYE', async () => {
    const client = await loggedIn(await aServer({ fault: script(when('SELECT', bye('[UNAVAILABLE] Shutting down'))) }));
    client.write('a SELECT INBOX\r\n');
    expect(await client.rest()).toBe('* BYE [UNAVAILABLE] Shutting down\r\n');
  });

  it('fails and takes the line with it', async () => {
    const fault = script(when('APPEND', answerAndDrop('NO [TOOBIG] Too big', '* BYE [TOOBIG] Too big')));
    const client = await loggedIn(await aServer({ fault }));
    client.write(`a ${append()}\r\n`);
    expect(await client.rest()).toBe('a NO [TOOBIG] Too big\r\n* BYE [TOOBIG] Too big\r\n');
  });

  it('waits on the clock of the server', async () => {
    const clock = new ManualClock();
    const client = await loggedIn(await aServer({ clock, fault: script(when('NOOP', delay(60_000))) }));
    client.write('a NOOP\r\nb CAPABILITY\r\n');
    await settled();
    await clock.advance(59_999);
    expect(client.pending).toBe('');
    await clock.advance(1);
    expect(await client.until(/^b /)).toMatch(/^a OK/);
  });

  it('waits and is then answered otherwise', async () => {
    const clock = new ManualClock();
    const fault = script(
      when('NOOP', delay(1000, unsolicited('* OK still here')), { times: 1 }),
      when('NOOP', delay(5, bye('gone'))),
    );
    const client = await loggedIn(await aServer({ clock, fault }));
    client.write('a NOOP\r\n');
    await settled();
    await clock.advance(1000);
    expect(await client.until(/^a /)).toMatch(/^\* OK still here\r\na OK/);
    client.write('b NOOP\r\n');
    await settled();
    await clock.advance(5);
    expect(await client.rest()).toBe('* BYE gone\r\n');
  });

  it('is never answered', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, fault: script(when('NOOP', hang())) });
    const client = await loggedIn(server);
    client.write('a NOOP\r\nb NOOP\r\n');
    await settled();
    await clock.advance(3_600_000);
    expect(client.pending).toBe('');
    expect(server.connections).toBe(1);
    await client.hangUp();
    await settled();
    expect(server.connections).toBe(0);
  });

  it('is told to the hook with its folder, its UIDs, its place and without its secrets', async () => {
    const seen: CommandEvent[] = [];
    const server = await aServer({
      fault: (event) => {
        if (event.at === 'command') seen.push(event);
        return undefined;
      },
    });
    server.accounts.get('ann').addFolder('Entwürfe');
    const client = await loggedIn(server);
    await client.ask('a', 'SELECT "Entw&APw-rfe"');
    await client.ask('b', 'UID FETCH 3:7,9 (FLAGS)');
    await client.ask('c', 'SELECT INBOX');
    const told = seen.map(({ command, args, folder, uids, nth, account }) => [
      command,
      args,
      folder,
      uids,
      nth,
      account,
    ]);
    expect(told).toEqual([
      ['LOGIN', 'ann ***', null, null, 1, null],
      ['SELECT', '"Entw&APw-rfe"', 'Entwürfe', null, 1, 'ann'],
      ['UID FETCH', '3:7,9 (FLAGS)', 'Entwürfe', '3:7,9', 1, 'ann'],
      ['SELECT', 'INBOX', 'INBOX', null, 2, 'ann'],
    ]);
  });
});

describe('a message', () => {
  it('that holds poison fails its whole batch, and the others pass without it', async () => {
    const fault = script(whenMessage(answer('NO Cannot store this'), { containing: 'poison' }));
    const server = await aServer({ fault });
    const client = await loggedIn(server);
    expect(await client.ask('a', 'APPEND INBOX {2+}\r\nok {6+}\r\npoison {2+}\r\nok')).toBe(
      'a NO Cannot store this\r\n',
    );
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(0);
    expect(await client.ask('b', 'APPEND INBOX {2+}\r\nok {2+}\r\nok')).toMatch(/b OK/);
  });
});

describe('the line', () => {
  it('drops after so many bytes of a command were received: what was whole is done', async () => {
    const fault = script(when('APPEND', dropAfterReceiving(30), { nth: 2 }));
    const server = await aServer({ fault });
    const client = await loggedIn(server);
    const long = append('x'.repeat(100));
    client.write(`a ${append()}\r\nb ${long}\r\nc ${append()}\r\n`);
    expect(await client.rest()).toMatch(/^a OK[^\n]*\n$/);
    await settled();
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(1);
  });

  it('drops after so many bytes of an answer were sent, to the byte', async () => {
    const server = await aServer({ fault: script(when('UID FETCH', dropAfterSending(40))) });
    server.accounts
      .get('ann')
      .folder('INBOX')
      .add({ raw: Buffer.alloc(1000, 'x') });
    const client = await loggedIn(server);
    await client.ask('s', 'SELECT INBOX');
    client.write('a UID FETCH 1 (BODY.PEEK[])\r\n');
    const rest = await client.rest();
    expect(rest).toHaveLength(40);
    expect(rest).toMatch(/^\* 1 FETCH \(UID 1 BODY\[\] \{1000\}\r\nx+$/);
  });

  it('drops at a count of the whole connection', async () => {
    const greeting = (await aGreeting()).length;
    const server = await aServer({ fault: script(whenBytes('sent', greeting + 3, { connection: 1 })) });
    const client = new RawClient(server.connect());
    client.write('a NOOP\r\n');
    expect(await client.rest()).toHaveLength(greeting + 3);
    expect(await (await aClient(server)).ask('b', 'NOOP')).toMatch(/^b OK/);
  });

  it('drops at a count of received bytes, wherever the client cuts its writes', async () => {
    const server = await aServer({ fault: script(whenBytes('received', 14)) });
    const client = new RawClient(server.connect());
    for (const byte of 'a NOOP\r\nb NOOP\r\n') client.write(byte);
    expect(await client.rest()).toMatch(/a OK[^\n]*\n$/);
  });

  it('is refused before the greeting', async () => {
    const server = await aServer({
      fault: script(whenConnected(bye('[UNAVAILABLE] Too many connections'), { from: 2 })),
    });
    expect(await (await aClient(server)).ask('a', 'NOOP')).toMatch(/^a OK/);
    expect(await new RawClient(server.connect()).rest()).toBe('* BYE [UNAVAILABLE] Too many connections\r\n');
  });

  it('drops on a real socket as well', async () => {
    const { connect } = await import('node:net');
    const server = await aServer({ listen: 'plain', fault: script(when('SELECT', dropAfterSending(10))) });
    const client = new RawClient(connect(server.port, server.host));
    await client.until(/^\*/);
    await client.ask('a', 'LOGIN ann pass');
    client.write('b SELECT INBOX\r\n');
    expect(await client.rest()).toBe('* FLAGS (\\');
  });

  async function aGreeting(): Promise<string> {
    return new RawClient((await aServer()).connect()).until(/^\*/);
  }
});

describe('a row', () => {
  async function rows(fault: Parameters<typeof whenRow>[0]): Promise<string> {
    const server = await aServer({ fault: script(whenRow(fault, { uid: 2 })) });
    for (let uid = 1; uid <= 3; uid += 1) server.accounts.get('ann').folder('INBOX').add({ raw: MAIL });
    const client = await loggedIn(server);
    await client.ask('s', 'EXAMINE INBOX');
    client.write('t UID FETCH 1:3 (UID FLAGS BODY.PEEK[])\r\n');
    return client.until(/^t /);
  }

  it('is left out while the command succeeds', async () => {
    expect(await rows(omitRow())).toMatch(/\* 1 FETCH.*\* 3 FETCH.*t OK/s);
    expect(await rows(omitRow())).not.toContain('* 2 FETCH');
  });

  it('lacks its UID, or its body', async () => {
    expect(await rows(garbleRow('no-uid'))).toMatch(/\* 2 FETCH \(FLAGS \([^)]*\) BODY/);
    expect(await rows(garbleRow('no-body'))).toMatch(/\* 2 FETCH \(UID 2 FLAGS \([^)]*\)\)\r\n/);
  });

  it('holds a keyword that is no atom, or does not close', async () => {
    expect(await rows(garbleRow('keyword'))).toMatch(/\* 2 FETCH \(UID 2 FLAGS \(.*100%\) BODY/);
    expect(await rows(garbleRow('broken'))).toMatch(/\* 2 FETCH \(UID 2 FLAGS \(\([^)]*\r\n\* 3 FETCH/);
  });

  it('has one beside it that nobody asked for', async () => {
    expect(await rows(unsolicited('* 1 FETCH (FLAGS (\\Answered))'))).toMatch(
      /\r\n\* 1 FETCH \(FLAGS \(\\Answered\)\)\r\n\* 2 FETCH \(UID 2/,
    );
  });

  it('is where the command fails, or where the connection drops', async () => {
    expect(await rows(answer('NO [LIMIT] Daily bandwidth exceeded'))).toMatch(/^\* 1 FETCH.*\r\nt NO \[LIMIT\]/s);
    expect(await rows(drop())).toMatch(/^\* 1 FETCH[^*]*$/);
  });
});

it('says which fault cannot be where it was asked for', async () => {
  const { FaultDesk } = await import('../../../demo/server/session/fault-desk.js');
  const desk = new FaultDesk(() => ({ kind: 'omit-row' }));
  expect(() => desk.atConnect(1)).toThrow('a fault of kind omit-row cannot happen at the event connect');
});
