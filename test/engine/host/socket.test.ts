import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feed } from '../../../src/engine/host/event-feed.js';
import { EventMirror } from '../../../src/engine/host/event-mirror.js';
import { type EngineSocket, serveEngine } from '../../../src/engine/host/server.js';
import { connectEngine, type EngineClient, EngineGone } from '../../../src/protocol/client.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import type { EngineEvent } from '../../../src/protocol/events.js';
import { LineReader, LineTooLong, LONGEST_LINE } from '../../../src/protocol/line-reader.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { systemClock } from '../../../src/words/clock.js';
import { aMailbox, FakeEngine } from '../../support/fake-engine.js';

let dir: string;
let path: string;
const open: { close(): unknown }[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-socket-'));
  path = join(dir, 'e.sock');
});

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  await rm(dir, { recursive: true });
});

async function serve(engine: FakeEngine): Promise<EngineSocket> {
  const socket = await serveEngine(engine, { path, batch: 'school', program: '0.1.0', clock: systemClock });
  open.push(socket);
  return socket;
}

async function connect(): Promise<EngineClient> {
  const client = await connectEngine(path, { clock: systemClock, program: '0.1.0' });
  open.push(client);
  return client;
}

/** A console that does not behave: raw bytes out, text in. */
async function stranger(): Promise<{ socket: Socket; text: () => string }> {
  const socket = createConnection(path);
  socket.on('error', () => undefined);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  await once(socket, 'connect');
  open.push({ close: () => socket.destroy() });
  return { socket, text: () => text };
}

const toLine = (value: unknown) => JSON.stringify(value);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use: heap and buffers. */
function memoryHeld(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const copied = (n: number, id = 'ann') => aMailbox(id, { state: { kind: 'copying' }, attempts: n });
const mailboxes = (events: readonly EngineEvent[]) =>
  events.flatMap((one) => (one.type === 'mailbox' ? [one.mailbox] : []));

describe("the engine's socket", () => {
  it('is open to its own user only, and gone when the engine is', async () => {
    const socket = await serve(new FakeEngine([aMailbox('ann')]));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await socket.close();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('takes the place of a socket that a killed engine left behind', async () => {
    await writeFile(path, '');
    await serve(new FakeEngine([aMailbox('ann')]));
    expect((await (await connect()).status()).batch.name).toBe('school');
  });

  it('tells a console everything first and then what changes', async () => {
    const engine = new FakeEngine([aMailbox('ann'), aMailbox('bob')]);
    await serve(engine);
    const client = await connect();
    const events: EngineEvent[] = [];
    await client.subscribe((event) => events.push(event));
    expect(events[0]).toMatchObject({ type: 'batch', batch: { name: 'school' } });
    expect(mailboxes(events).map((one) => one.id)).toEqual(['ann', 'bob']);
    engine.publish({ type: 'mailbox', mailbox: copied(7) });
    await expect.poll(() => mailboxes(events).at(-1)?.attempts).toBe(7);
    expect(mailboxes(events)).toHaveLength(3);
  });

  it('sends only the latest of what changed many times, at most four times a second', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    await serve(engine);
    const client = await connect();
    const events: EngineEvent[] = [];
    await client.subscribe((event) => events.push(event));
    const started = Date.now();
    for (let n = 1; n <= 600; n += 1) {
      engine.publish({ type: 'mailbox', mailbox: copied(n) });
      if (n % 10 === 0) await delay(10);
    }
    await expect.poll(() => mailboxes(events).at(-1)?.attempts).toBe(600);
    const seconds = (Date.now() - started) / 1000;
    expect(mailboxes(events).length - 1).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 1);
    expect(mailboxes(events).length - 1).toBeGreaterThan(1);
  });

  it('tells a console that comes later what time it is now, and not when something last changed', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    await serve(engine);
    engine.quietly({ now: 99_000 });
    const events: EngineEvent[] = [];
    await (await connect()).subscribe((event) => events.push(event));
    expect(events.flatMap((one) => (one.type === 'batch' ? [one.batch.now] : [])).at(-1)).toBe(99_000);
  });

  it('gives a second listener of one console what the first has seen', async () => {
    await serve(new FakeEngine([aMailbox('ann')]));
    const client = await connect();
    await client.subscribe(() => undefined);
    const events: EngineEvent[] = [];
    await client.subscribe((event) => events.push(event));
    expect(events.map((one) => one.type)).toEqual(['batch', 'mailbox']);
  });

  it('hands over failures and log lines in order, and the end last, before it closes', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    const socket = await serve(engine);
    const client = await connect();
    const events: EngineEvent[] = [];
    await client.subscribe((event) => events.push(event));
    for (let i = 0; i < 5; i += 1) {
      engine.publish({
        type: 'log',
        line: { at: i, level: 'info', mailbox: null, side: null, folder: null, text: `line ${i}` },
      });
    }
    engine.publish({ type: 'mailbox', mailbox: copied(1) });
    engine.end(3);
    await socket.close();
    await client.closed;
    const lines = events.flatMap((one) => (one.type === 'log' ? [one.line.text] : []));
    expect(lines).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
    expect(events.at(-1)).toMatchObject({ type: 'end', exitCode: 3 });
    expect(engine.listeners).toBe(0);
  });

  it('lets a console that asks something just as the batch ends read the end', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    const patient = (ms: number, signal?: AbortSignal) =>
      ms < 1_000 ? systemClock.sleep(ms, signal) : new Promise<void>(() => undefined);
    const clock = { ...systemClock, sleep: patient };
    const ending = await serveEngine(engine, { path, batch: 'school', program: '0.1.0', clock });
    const { socket, text } = await stranger();
    socket.write('{"id":1,"subscribe":true}\n');
    await expect.poll(text).toContain('caughtUp');
    socket.pause();
    engine.end(3);
    const closing = ending.close();
    await delay(50);
    socket.write('{"id":2,"command":{"do":"log","lines":3}}\n');
    await delay(50);
    socket.resume();
    await once(socket, 'close');
    expect(text()).toContain('"type":"end"');
    await closing;
  });

  it('carries commands and their answers, also several at once', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    engine.answers = (command) => {
      if (command.do === 'status') throw new Error('not now');
      return command.do === 'stop' && command.how === 'now' ? { ok: false, why: 'nothing to drop' } : { ok: true };
    };
    await serve(engine);
    const client = await connect();
    const answers = await Promise.all([
      client.command({ do: 'stop', how: 'drain', mailbox: 'ann' }),
      client.command({ do: 'stop', how: 'now', mailbox: null }),
      client.command({ do: 'status' }),
    ]);
    expect(answers).toEqual([{ ok: true }, { ok: false, why: 'nothing to drop' }, { ok: false, why: 'not now' }]);
    expect(engine.commands[0]).toEqual({ do: 'stop', how: 'drain', mailbox: 'ann' });
  });

  it('gives the whole status of 50,000 mailboxes', async () => {
    await serve(new FakeEngine(Array.from({ length: 50_000 }, (_, i) => aMailbox(`user${i}`))));
    expect((await (await connect()).status()).mailboxes).toHaveLength(50_000);
  });

  it('gives much to a console that takes it at once in slices, between which the engine has its turn', async () => {
    const mirror = new EventMirror(
      new FakeEngine(Array.from({ length: 50_000 }, (_, i) => aMailbox(`user${i}`))).status(),
    );
    const gone = new AbortController();
    const slices = [0];
    const greedy = new Writable({
      highWaterMark: 2 ** 30,
      write: (chunk: Buffer, _encoding, done) => {
        slices[slices.length - 1]! += chunk.toString().split('\n').length - 1;
        if (chunk.includes('caughtUp')) gone.abort();
        done();
      },
    });
    const turn = () => {
      slices.push(0);
      if (!gone.signal.aborted) setImmediate(turn);
    };
    setImmediate(turn);
    await feed(greedy, mirror, systemClock, { gone: gone.signal, hurry: gone.signal });
    expect(slices.reduce((sum, n) => sum + n)).toBe(50_002);
    expect(Math.max(...slices)).toBeLessThan(25_000);
  });

  it('refuses an answer that fits no line instead of sending it', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    const big: MailboxEntity = aMailbox('ann', { folder: 'x'.repeat(2 * LONGEST_LINE) });
    engine.answers = () => ({ ok: true, status: { ...engine.status(), mailboxes: [big] } });
    await serve(engine);
    expect(await (await connect()).command({ do: 'status' })).toMatchObject({ ok: false });
  });

  it('leaves out folders of a mailbox that has too many for a line, finished ones first', async () => {
    const counts = (left: number) => ({ ...aMailbox('x').counts, left });
    const folders = Array.from({ length: 9_000 }, (_, i) => ({
      source: `Archive/${i}`,
      destination: `Archive/${i}`,
      counts: counts(i === 8_999 ? 5 : 0),
      way: null,
    }));
    await serve(new FakeEngine([aMailbox('ann', { folders })]));
    const [ann] = (await (await connect()).status()).mailboxes;
    expect(ann?.folders[0]?.source).toBe('Archive/8999');
    expect(ann?.folders.length).toBeGreaterThan(1_000);
    expect(ann?.folders.length).toBeLessThan(9_000);
  });

  it('holds next to nothing for a console that stalls, and gives it the latest state when it wakes', async () => {
    const engine = new FakeEngine(Array.from({ length: 200 }, (_, i) => aMailbox(`user${i}`)));
    await serve(engine);
    const { socket, text } = await stranger();
    socket.write('{"id":1,"subscribe":true}\n');
    await expect.poll(text).toContain('caughtUp');
    socket.pause();
    const publishRound = (n: number) => {
      const folder = `${n} ${'x'.repeat(10_000)}`;
      for (let i = 0; i < 200; i += 1)
        engine.publish({ type: 'mailbox', mailbox: { ...copied(n, `user${i}`), folder } });
    };
    publishRound(1);
    await delay(600);
    const before = memoryHeld();
    for (let n = 2; n <= 100; n += 1) {
      publishRound(n);
      await delay(10);
    }
    // 200 MB of changes went by.
    expect(memoryHeld() - before).toBeLessThan(2_000_000);
    socket.resume();
    await expect.poll(() => text().match(/"attempts":100,/g)?.length).toBe(200);
  });

  it('writes nothing further to a console that takes nothing', async () => {
    const mirror = new EventMirror(new FakeEngine([aMailbox('ann')]).status());
    const stalled = new Writable({ write: () => undefined, highWaterMark: 16_384 });
    const gone = new AbortController();
    const feeding = feed(
      stalled,
      mirror,
      { ...systemClock, sleep: () => delay(1) },
      { gone: gone.signal, hurry: gone.signal },
    );
    for (let n = 1; n <= 50; n += 1) {
      mirror.note({ type: 'mailbox', mailbox: { ...copied(n), folder: 'x'.repeat(20_000) } });
      mirror.note({
        type: 'log',
        line: { at: n, level: 'info', mailbox: null, side: null, folder: null, text: 'y'.repeat(20_000) },
      });
      await delay(2);
    }
    expect(stalled.writableLength).toBeGreaterThan(16_384);
    expect(stalled.writableLength).toBeLessThan(64_000);
    gone.abort();
    await feeding;
  });

  it('goes on when a console dies in the middle of a snapshot', async () => {
    const engine = new FakeEngine(Array.from({ length: 5_000 }, (_, i) => aMailbox(`user${i}`)));
    await serve(engine);
    const { socket } = await stranger();
    socket.write('{"id":1,"subscribe":true}\n');
    await once(socket, 'data');
    socket.destroy();
    expect((await (await connect()).status()).mailboxes).toHaveLength(5_000);
  });

  it.each([
    ['no JSON', 'hello\n', 'this line is no request'],
    ['a command it does not know', '{"id":1,"command":{"do":"format-disk"}}\n', 'this line is no request'],
    ['a field too many', '{"id":1,"subscribe":true,"__proto__":{"x":1},"y":1}\n', 'this line is no request'],
    ['deep nesting', `${'['.repeat(500_000)}\n`, 'this line is no request'],
    ['a line without end', 'x'.repeat(LONGEST_LINE + 1), 'longer than'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x0a]), 'this line is no request'],
  ])('shows out who sends %s, and serves the others', async (_, bytes, why) => {
    const engine = new FakeEngine([aMailbox('ann')]);
    await serve(engine);
    const good = await connect();
    const { socket, text } = await stranger();
    socket.write(bytes);
    await once(socket, 'close');
    expect(text()).toContain(why);
    expect(engine.commands).toEqual([]);
    expect((await good.status()).mailboxes).toHaveLength(1);
  });

  it('survives any bytes', async () => {
    await serve(new FakeEngine([aMailbox('ann')]));
    const line = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.json().map((one) => Buffer.from(`${one}\n`)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        const { socket } = await stranger();
        for (const one of lines) socket.write(one);
        socket.end();
        await once(socket, 'close');
      }),
      { numRuns: 50 },
    );
    expect((await (await connect()).status()).batch.name).toBe('school');
  });

  it('may be anybody: a console reads any bytes as nothing, as a change or as the end, and says why', async () => {
    const line = fc.oneof(
      fc.json(),
      fc.constantFrom('{}', '[]', 'null', '"x"', '{"answer":1}', '{"event":null}', '{"id":1,"answer":{"ok":true}}'),
      fc.record({ event: fc.record({ type: fc.constantFrom('log', 'mailbox', 'status', 'x') }) }).map(toLine),
      fc.record({ nightferry: fc.oneof(fc.nat(9), fc.string()), program: fc.string(), batch: fc.string() }).map(toLine),
      fc.string({ unit: 'binary' }),
    );
    let lines: readonly string[] = [];
    const impostor = createServer((socket) => {
      socket.on('error', () => undefined);
      // An end with bytes that nobody read stays open, and whoever closes the door waits for it.
      socket.resume();
      socket.end(lines.map((one) => `${one}\n`).join(''));
    });
    impostor.listen(path);
    await once(impostor, 'listening');
    open.push({ close: () => new Promise((resolve) => impostor.close(resolve)) });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (some) => {
        lines = some;
        try {
          const client = await connectEngine(path, { clock: systemClock, program: '0.1.0' });
          await client.status();
        } catch (error) {
          expect(error instanceof EngineGone || error instanceof BadInput, String(error)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lets in 32 consoles and tells the next one why not', async () => {
    await serve(new FakeEngine([aMailbox('ann')]));
    for (let i = 0; i < 32; i += 1) await connect();
    const { socket, text } = await stranger();
    await once(socket, 'close');
    expect(text()).toContain('32 consoles are open already');
  });
});

describe('a console', () => {
  it('finds nobody where no engine runs', async () => {
    await expect(connectEngine(path, { clock: systemClock, program: '0.1.0' })).rejects.toThrow(EngineGone);
  });

  it('says in one line that the engine is of another version', async () => {
    const server = createServer((socket) =>
      socket.end('{"nightferry":99,"program":"9.0.0","batch":"school"}\n'),
    ).listen(path);
    open.push({ close: () => server.close() });
    const attempt = connectEngine(path, { clock: systemClock, program: '0.1.0' });
    await expect(attempt).rejects.toThrow(BadInput);
    await expect(attempt).rejects.toThrow(
      /^the engine runs nightferry 9\.0\.0 with protocol 99, this is nightferry 0\.1\.0 with protocol 2; use the same version$/,
    );
  });

  it('is told when what answers is no engine', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\n')).listen(path);
    open.push({ close: () => server.close() });
    await expect(connectEngine(path, { clock: systemClock, program: '0.1.0' })).rejects.toThrow(EngineGone);
  });

  it('gets an answer to what it asked when the engine dies', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    engine.answers = () => new Promise(() => undefined);
    const socket = await serve(engine);
    const client = await connect();
    const answer = client.command({ do: 'status' });
    await expect.poll(() => engine.commands.length).toBe(1);
    await socket.close();
    expect(await answer).toEqual({ ok: false, why: 'the line to the engine broke' });
  });
});

describe('lines on the socket', () => {
  it('come out whole, however the bytes were cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll('\n', ''))),
        fc.integer({ min: 1, max: 7 }),
        (lines, size) => {
          const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
          const reader = new LineReader();
          const got: string[] = [];
          for (let i = 0; i < bytes.length; i += size) got.push(...reader.push(bytes.subarray(i, i + size)));
          expect(got).toEqual(lines);
        },
      ),
    );
  });

  it('may be as long as the limit and no longer', () => {
    expect(new LineReader(3).push(Buffer.from('abc\nde'))).toEqual(['abc']);
    expect(() => new LineReader(3).push(Buffer.from('abcd\n'))).toThrow(LineTooLong);
  });
});
