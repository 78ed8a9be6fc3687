import { describe, expect, it } from 'vitest';
import { delay, dropAfterDoing, script, when } from '../../../demo/server/index.js';
import { aServer, loggedIn, MAIL, ManualClock, settled } from './harness.js';

const append = 'APPEND INBOX {5+}\r\nhello';

describe('many commands in one write', () => {
  it('are answered in their order', async () => {
    const client = await loggedIn(await aServer());
    const commands = Array.from({ length: 200 }, (_, index) => `t${index} ${index % 2 ? 'NOOP' : append}\r\n`);
    client.write(commands.join(''));
    const answers = await client.until(/^t199 /);
    expect([...answers.matchAll(/^t(\d+) OK/gm)].map((found) => Number(found[1]))).toEqual(
      Array.from({ length: 200 }, (_, index) => index),
    );
  });

  it('are understood when they come byte by byte', async () => {
    const client = await loggedIn(await aServer());
    for (const byte of `a ${append}\r\nb APPEND INBOX {2+}\r\nhi {2+}\r\nho\r\nc NOOP\r\n`) client.write(byte);
    expect(await client.until(/^c /)).toMatch(/a OK \[APPENDUID \d+ 1\].*b OK \[APPENDUID \d+ 2:3\].*c OK/s);
  });

  it('are still answered when the client has ended its side', async () => {
    const client = await loggedIn(await aServer());
    client.line.end(Buffer.from(`a NOOP\r\nb ${append}\r\n`));
    expect(await client.rest()).toMatch(/^a OK.*b OK/s);
  });
});

describe('late commits', () => {
  it('store what was received before the connection broke only later, and then all of it', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, lateMs: 500, fault: script(when('APPEND', dropAfterDoing(), { nth: 2 })) });
    const inbox = server.accounts.get('ann').folder('INBOX');
    const client = await loggedIn(server);
    client.write(`a ${append}\r\nb ${append}\r\nc ${append}\r\nd APPEND INBOX {50+}\r\nnot whole`);
    await client.rest();
    await settled();
    expect(inbox.messages).toHaveLength(1);
    await clock.advance(499);
    expect(inbox.messages).toHaveLength(1);
    await clock.advance(1);
    expect(inbox.messages).toHaveLength(3);
  });

  it('come from a client that hangs up too', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, lateMs: 500, fault: script(when('NOOP', delay(100))) });
    const client = await loggedIn(server);
    client.write(`a NOOP\r\nb ${append}\r\n`);
    await settled();
    await client.hangUp();
    await settled();
    await clock.advance(100);
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(0);
    await clock.advance(400);
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(1);
  });

  it('are lost with a server that stops', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, lateMs: 500, fault: script(when('APPEND', dropAfterDoing())) });
    const client = await loggedIn(server);
    client.write(`a ${append}\r\n`);
    await client.rest();
    await server.stop();
    await clock.advance(1000);
    expect(server.accounts.get('ann').folder('INBOX').messages).toHaveLength(0);
  });
});

describe('latency', () => {
  it('delays each way, once for many commands under way', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, latencyMs: 40 });
    const client = await loggedInLate(server, clock);
    client.write('a NOOP\r\n');
    await settled();
    await clock.advance(10);
    client.write('b NOOP\r\n');
    await settled();
    await clock.advance(69);
    expect(client.pending).toBe('');
    await clock.advance(1);
    expect(client.pending).toMatch(/^a OK[^\n]*\n$/);
    await clock.advance(10);
    expect(client.pending).toMatch(/^a OK[^\n]*\nb OK[^\n]*\n$/);
  });

  async function loggedInLate(server: Awaited<ReturnType<typeof aServer>>, clock: ManualClock) {
    const { RawClient } = await import('./raw-client.js');
    const client = new RawClient(server.connect());
    client.write('login LOGIN ann pass\r\n');
    const ready = client.until(/^login /);
    for (let step = 0; step < 4; step += 1) {
      await settled();
      await clock.advance(40);
    }
    await ready;
    return client;
  }
});

describe('a client that does not read', () => {
  it('holds back the server, which keeps little of what it would send', async () => {
    const server = await aServer();
    const folder = server.accounts.get('ann').folder('INBOX');
    let made = 0;
    for (let uid = 1; uid <= 120; uid += 1) {
      folder.add({
        raw: () => {
          made += 1;
          return Buffer.alloc(64 * 1024, 'x');
        },
      });
    }
    const client = await loggedIn(server);
    await client.ask('s', 'EXAMINE INBOX');
    client.line.pause();
    client.write('t UID FETCH 1:* (BODY.PEEK[])\r\n');
    await settled();
    expect(made).toBeGreaterThan(0);
    expect(made * 64 * 1024).toBeLessThan(3 * 1024 * 1024);
    client.line.resume();
    expect(await client.until(/^t /)).toMatch(/t OK Fetch completed\.\r\n$/);
    expect(made).toBe(120);
  });
});

it('starts and stops a hundred times over, and leaves nothing open', async () => {
  const before = process.getActiveResourcesInfo().length;
  for (let count = 0; count < 100; count += 1) {
    const server = await aServer();
    server.accounts.get('ann').folder('INBOX').add({ raw: MAIL });
    const client = await loggedIn(server);
    await client.ask('a', 'SELECT INBOX');
    await server.stop();
  }
  await expect.poll(() => process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before);
});
