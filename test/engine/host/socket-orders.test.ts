import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerLine } from '../../../src/engine/host/fit-answer.js';
import { type EngineSocket, serveEngine } from '../../../src/engine/host/server.js';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import { type Access, connectEngine, type EngineClient, EngineGone } from '../../../src/protocol/client.js';
import type { EngineAnswer, EngineCommand, Refused } from '../../../src/protocol/commands.js';
import { LONGEST_LINE } from '../../../src/protocol/line-reader.js';
import { readRequest } from '../../../src/protocol/socket-messages.js';
import { systemClock } from '../../../src/words/clock.js';
import { aMailbox, FakeEngine } from '../../support/fake-engine.js';

let dir: string;
let path: string;
let engine: FakeEngine;
let socket: EngineSocket;
const open: EngineClient[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-orders-'));
  path = join(dir, 'e.sock');
  engine = new FakeEngine([aMailbox('ann')]);
  socket = await serveEngine(engine, { path, batch: 'school', program: '0.1.0', clock: systemClock });
});
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await socket.close();
  await rm(dir, { recursive: true });
});

async function connect(access: Access): Promise<EngineClient> {
  const client = await connectEngine(path, { clock: systemClock, program: '0.1.0' }, access);
  open.push(client);
  return client;
}

const ORDERS: readonly EngineCommand[] = [
  { do: 'stop', how: 'drain', mailbox: null },
  { do: 'pause', mailbox: 'ann' },
  { do: 'continue', mailbox: null },
  { do: 'start', mailbox: 'ann' },
  { do: 'postpone', mailbox: 'ann', seconds: 600 },
  { do: 'stagger', min: 60, max: 90 },
  { do: 'concurrency', most: 7 },
  { do: 'password', mailbox: 'ann', side: 'source', secret: 'hunter2' },
];
const QUESTIONS: readonly EngineCommand[] = [
  { do: 'status' },
  { do: 'errors', mailbox: 'ann' },
  { do: 'log', lines: 100 },
];

describe('over the socket', () => {
  it('every command reaches the engine', async () => {
    const client = await connect('full');
    for (const command of [...ORDERS, ...QUESTIONS]) expect(await client.command(command)).toEqual({ ok: true });
    expect(engine.commands).toEqual([...ORDERS, ...QUESTIONS]);
  });

  it('a read-only console gives no order, and gets every answer', async () => {
    const client = await connect('read-only');
    for (const command of ORDERS)
      expect(await client.command(command)).toEqual({ ok: false, why: 'this console is read-only' });
    for (const command of QUESTIONS) expect(await client.command(command)).toEqual({ ok: true });
    expect(engine.commands).toEqual(QUESTIONS);
    expect((await client.status()).mailboxes).toHaveLength(1);
  });

  it('a console that follows counts as somebody who can answer, one that only reads does not', async () => {
    await (await connect('read-only')).status();
    const asking = await connect('full');
    await asking.command({ do: 'status' });
    expect(engine.attending).toBe(0);
    const following = await connect('full');
    await following.subscribe(() => undefined);
    await following.status();
    expect(engine.attending).toBe(1);
    following.close();
    await expect.poll(() => engine.attending).toBe(0);
  });

  it('a password goes to the engine and to no other console', async () => {
    const heard: string[] = [];
    await (await connect('full')).subscribe((event) => heard.push(JSON.stringify(event)));
    const answer = await (await connect('full')).command(ORDERS.at(-1)!);
    engine.publish({ type: 'mailbox', mailbox: aMailbox('ann', { attempts: 9 }) });
    await expect.poll(() => heard.join()).toContain('"attempts":9');
    expect(JSON.stringify([answer, heard])).not.toContain('hunter2');
  });

  it.each([
    { do: 'postpone', mailbox: 'ann', seconds: -1 },
    { do: 'postpone', mailbox: 'ann', seconds: 1e9 },
    { do: 'password', mailbox: 'ann', side: 'left', secret: 'x' },
    { do: 'log', lines: 1e9 },
    { do: 'stop', how: 'drain' },
  ])('%j is no request', (command) => {
    expect(readRequest(JSON.stringify({ id: 1, command }))).toBeNull();
  });

  it('a console that is still being drawn when the batch ends is told the end', async () => {
    const client = await connect('full');
    engine.end(3);
    const closing = socket.close();
    const events: string[] = [];
    await client.subscribe((event) => events.push(event.type));
    await closing;
    await client.closed;
    expect(events.at(-1)).toBe('end');
  });

  it('a console over the limit is told why not', async () => {
    for (let i = 0; i < 32; i += 1) await connect('full');
    await expect(connect('full')).rejects.toThrow(EngineGone);
    await expect(connect('full')).rejects.toThrow('32 consoles are open already');
  });
});

describe('an answer', () => {
  const group = (entries: number, response: string): ErrorGroupEntity => {
    const entry = {
      id: 'e1',
      skipped: 0,
      accepted: false,
      mailbox: 'ann',
      side: 'source' as const,
      command: 'APPEND',
      folder: 'INBOX',
      uids: '1',
      destinationUids: '',
      doubled: 0,
      count: 1,
      affected: 1,
      attempts: 1,
      times: 1,
      firstAt: 1,
      lastAt: 2,
      response,
      verdict: {} as ErrorGroupEntity['entries'][number]['verdict'],
      own: Array.from({ length: 100 }, (_, i) => ({ uid: i + 1, response })),
    };
    return {
      ...{
        code: 'LIMIT',
        kind: 'quota',
        standing: 'open',
        messages: entries,
        affected: entries,
        mailboxes: 1,
        firstAt: 1,
        lastAt: 2,
      },
      ...{ key: 'LIMIT', side: 'source', failures: 0, skipped: 0, doubled: 0, trend: [], trendFrom: 0 },
      size: entries,
      entries: Array.from({ length: entries }, () => entry),
    };
  };
  const read = <A extends EngineAnswer & { ok: true }>(answer: A): A => {
    const text = answerLine(4, answer);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LONGEST_LINE);
    const { id, answer: given } = JSON.parse(text) as { id: number; answer: A | Refused };
    expect(id).toBe(4);
    return given.ok ? given : expect.unreachable(given.why);
  };

  it('that fits is sent whole', () => {
    const answer = { ok: true, errors: [group(3, 'NO')] } as const;
    expect(read(answer)).toEqual(answer);
  });

  it.each([
    [50, 300],
    [500, 900],
    [500, 4_000],
  ])(
    'with %i long errors loses own responses first and then entries, and says how many there were',
    (entries, length) => {
      const { errors } = read({ ok: true, errors: [group(entries, 'x'.repeat(length)), group(1, 'NO')] });
      expect(errors?.map(({ size }) => size)).toEqual([entries, 1]);
      expect(errors?.[0]?.entries.length).toBeGreaterThan(0);
      expect(errors?.[1]?.entries[0]?.response).toBe('NO');
    },
  );

  it('with a long log keeps its last lines', () => {
    const line = (at: number) => ({
      ...{ at, level: 'info' as const, mailbox: null, side: null, folder: null, text: 'y'.repeat(1_000) },
    });
    const { log } = read({ ok: true, log: Array.from({ length: 4_000 }, (_, i) => line(i)) });
    expect(log?.at(-1)?.at).toBe(3_999);
    expect(log?.length).toBeGreaterThan(400);
  });
});
