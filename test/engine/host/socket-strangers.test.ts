import { once } from 'node:events';
import { createServer } from 'node:net';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feed } from '../../../src/engine/host/event-feed.js';
import { EventMirror } from '../../../src/engine/host/event-mirror.js';
import { connectEngine, EngineGone } from '../../../src/protocol/client.js';
import { LONGEST_LINE } from '../../../src/protocol/line-reader.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { systemClock } from '../../../src/words/clock.js';
import { aMailbox, FakeEngine } from '../../support/fake-engine.js';
import { AnEngineSocket, copied } from './an-engine-socket.js';

let host: AnEngineSocket;
beforeEach(async () => {
  host = await AnEngineSocket.inFolder();
});
afterEach(() => host.isDone());

const toLine = (value: unknown) => JSON.stringify(value);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use: heap and buffers. */
function memoryHeld(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
describe("the engine's socket", () => {
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

  it('holds next to nothing for a console that stalls, and gives it the latest state when it wakes', async () => {
    const engine = new FakeEngine(Array.from({ length: 200 }, (_, i) => aMailbox(`user${i}`)));
    await host.serve(engine);
    const { socket, text } = await host.stranger();
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
    await host.serve(engine);
    const { socket } = await host.stranger();
    socket.write('{"id":1,"subscribe":true}\n');
    await once(socket, 'data');
    socket.destroy();
    expect((await (await host.connect()).status()).mailboxes).toHaveLength(5_000);
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
    await host.serve(engine);
    const good = await host.connect();
    const { socket, text } = await host.stranger();
    socket.write(bytes);
    await once(socket, 'close');
    expect(text()).toContain(why);
    expect(engine.commands).toEqual([]);
    expect((await good.status()).mailboxes).toHaveLength(1);
  });

  it('survives any bytes', async () => {
    await host.serve(new FakeEngine([aMailbox('ann')]));
    const line = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.json().map((one) => Buffer.from(`${one}\n`)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        const { socket } = await host.stranger();
        for (const one of lines) socket.write(one);
        socket.end();
        await once(socket, 'close');
      }),
      { numRuns: 50 },
    );
    expect((await (await host.connect()).status()).batch.name).toBe('school');
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
    impostor.listen(host.path);
    await once(impostor, 'listening');
    host.closesToo({ close: () => new Promise((resolve) => impostor.close(resolve)) });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (some) => {
        lines = some;
        try {
          const client = await connectEngine(host.path, { clock: systemClock, program: '0.1.0' });
          await client.status();
        } catch (error) {
          expect(error instanceof EngineGone || error instanceof BadInput, String(error)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
