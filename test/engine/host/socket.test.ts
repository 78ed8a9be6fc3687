import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveEngine } from '../../../src/engine/host/server.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import type { EngineEvent } from '../../../src/protocol/events.js';
import { LONGEST_LINE } from '../../../src/protocol/line-reader.js';
import { systemClock } from '../../../src/words/clock.js';
import { aMailbox, FakeEngine } from '../../support/fake-engine.js';
import { AnEngineSocket, copied } from './an-engine-socket.js';

let host: AnEngineSocket;
beforeEach(async () => {
  host = await AnEngineSocket.inFolder();
});
afterEach(() => host.isDone());

const mailboxes = (events: readonly EngineEvent[]) =>
  events.flatMap((one) => (one.type === 'mailbox' ? [one.mailbox] : []));
describe("the engine's socket", () => {
  it('is open to its own user only, and gone when the engine is', async () => {
    const socket = await host.serve(new FakeEngine([aMailbox('ann')]));
    expect((await stat(host.path)).mode & 0o777).toBe(0o600);
    await socket.close();
    await expect(stat(host.path)).rejects.toThrow('ENOENT');
  });

  it('takes the place of a socket that a killed engine left behind', async () => {
    await writeFile(host.path, '');
    await host.serve(new FakeEngine([aMailbox('ann')]));
    expect((await (await host.connect()).status()).batch.name).toBe('school');
  });

  it('tells a console everything first and then what changes', async () => {
    const engine = new FakeEngine([aMailbox('ann'), aMailbox('bob')]);
    await host.serve(engine);
    const client = await host.connect();
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
    await host.serve(engine);
    const client = await host.connect();
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
    await host.serve(engine);
    engine.quietly({ now: 99_000 });
    const events: EngineEvent[] = [];
    await (await host.connect()).subscribe((event) => events.push(event));
    expect(events.flatMap((one) => (one.type === 'batch' ? [one.batch.now] : [])).at(-1)).toBe(99_000);
  });

  it('gives a second listener of one console what the first has seen', async () => {
    await host.serve(new FakeEngine([aMailbox('ann')]));
    const client = await host.connect();
    await client.subscribe(() => undefined);
    const events: EngineEvent[] = [];
    await client.subscribe((event) => events.push(event));
    expect(events.map((one) => one.type)).toEqual(['batch', 'mailbox']);
  });

  it('hands over failures and log lines in order, and the end last, before it closes', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    const socket = await host.serve(engine);
    const client = await host.connect();
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
    const ending = await serveEngine(engine, { path: host.path, batch: 'school', program: '0.1.0', clock });
    const { socket, text } = await host.stranger();
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
    await host.serve(engine);
    const client = await host.connect();
    const answers = await Promise.all([
      client.command({ do: 'stop', how: 'drain', mailbox: 'ann' }),
      client.command({ do: 'stop', how: 'now', mailbox: null }),
      client.command({ do: 'status' }),
    ]);
    expect(answers).toEqual([{ ok: true }, { ok: false, why: 'nothing to drop' }, { ok: false, why: 'not now' }]);
    expect(engine.commands[0]).toEqual({ do: 'stop', how: 'drain', mailbox: 'ann' });
  });

  it('gives the whole status of 50,000 mailboxes', async () => {
    await host.serve(new FakeEngine(Array.from({ length: 50_000 }, (_, i) => aMailbox(`user${i}`))));
    expect((await (await host.connect()).status()).mailboxes).toHaveLength(50_000);
  });

  it('refuses an answer that fits no line instead of sending it', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    const big: MailboxEntity = aMailbox('ann', { folder: 'x'.repeat(2 * LONGEST_LINE) });
    engine.answers = () => ({ ok: true, status: { ...engine.status(), mailboxes: [big] } });
    await host.serve(engine);
    expect(await (await host.connect()).command({ do: 'status' })).toMatchObject({ ok: false });
  });

  it('leaves out folders of a mailbox that has too many for a line, finished ones first', async () => {
    const counts = (left: number) => ({ ...aMailbox('x').counts, left });
    const folders = Array.from({ length: 9_000 }, (_, i) => ({
      source: `Archive/${i}`,
      destination: `Archive/${i}`,
      counts: counts(i === 8_999 ? 5 : 0),
      way: null,
    }));
    await host.serve(new FakeEngine([aMailbox('ann', { folders })]));
    const [ann] = (await (await host.connect()).status()).mailboxes;
    expect(ann?.folders[0]?.source).toBe('Archive/8999');
    expect(ann?.folders.length).toBeGreaterThan(1_000);
    expect(ann?.folders.length).toBeLessThan(9_000);
  });

  it('lets in 32 consoles and tells the next one why not', async () => {
    await host.serve(new FakeEngine([aMailbox('ann')]));
    for (let i = 0; i < 32; i += 1) await host.connect();
    const { socket, text } = await host.stranger();
    await once(socket, 'close');
    expect(text()).toContain('32 consoles are open already');
  });
});
