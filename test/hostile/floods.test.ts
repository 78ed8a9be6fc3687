import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seeded } from '../../bench/lab/seeded.js';
import { Engine } from '../../src/engine/engine.js';
import { loadImapflow } from '../../src/engine/imap/session/session.js';
import type { MailboxEntity } from '../../src/protocol/entities.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import { BatchStore } from '../../src/store/batch/batch-store.js';
import { MemoryDisk } from '../../src/store/documents/memory-disk.js';
import { LocksInMemory, nightBatch, passwords } from '../support/night-batch.js';
import { NightClock } from '../support/night-clock.js';
import { type Item, type OddContext, type OddFolders, type OddSpec, serve, three } from '../support/odd-server.js';

const MB = 1024 * 1024;
const LONG_LINE = `* OK still here ${'.'.repeat(4000)}\r\n`;

/** The source is ordinary for ann, and answers so to bad. */
async function besideAnn(command: string, says: (context: OddContext) => readonly Item[] | undefined) {
  const clock = new NightClock();
  const boxes = new Map<string, OddFolders>();
  const foldersFor = (user: string) => {
    if (!boxes.has(user)) boxes.set(user, three());
    return boxes.get(user)!;
  };
  const on: OddSpec['on'] = {
    [command]: (context) => (context.connection.user === 'bad' ? says(context) : undefined),
  };
  const source = await serve({ foldersFor, on }, clock);
  const copies = new Map<string, OddFolders>();
  const destination = await serve(
    {
      caps: 'UIDPLUS',
      foldersFor: (user) => {
        if (!copies.has(user)) copies.set(user, { INBOX: { uidValidity: 1, uidNext: 1, messages: [] } });
        return copies.get(user)!;
      },
    },
    clock,
  );
  const dir = await mkdtemp(join(tmpdir(), 'nf-flood-'));
  onTestFinished(async () => {
    await Promise.all([source.stop(), destination.stop()]);
    await rm(dir, { recursive: true, force: true });
  });
  await loadImapflow();
  const batch = nightBatch({ users: ['bad', 'ann'], now: clock.now() });
  const monotonic = () => clock.now();
  const store = new BatchStore(batch.name, join(dir, batch.name), batch, {
    disk: new MemoryDisk(),
    now: () => clock.now(),
    monotonic,
    onFallback: () => {},
  });
  const events: EngineEvent[] = [];
  const workspace = new LocksInMemory(dir);
  const engine = new Engine(
    { batch, store, workspace, credentials: passwords, clock, random: seeded(1), atRest: false },
    (host) => (host === batch.source.host ? source : destination).connect(),
  );
  engine.onEvent((event) => events.push(event));
  const before = process.memoryUsage().rss;
  const done = engine.run();
  await clock.passes(6 * 60_000);
  await engine.command({ do: 'stop', how: 'drain', mailbox: null });
  const ordered = clock.now();
  const exit = await clock.until(done);
  const mailbox = (id: string): MailboxEntity | undefined =>
    events.flatMap((event) => (event.type === 'mailbox' && event.mailbox.id === id ? [event.mailbox] : [])).at(-1);
  return {
    exit,
    ann: mailbox('ann'),
    arrived: copies.get('ann')?.INBOX?.messages.length,
    failures: events.flatMap((event) => (event.type === 'failure' ? [event.failure.response] : [])),
    said: JSON.stringify(events),
    stoppedIn: clock.now() - ordered,
    grewBy: (process.memoryUsage().rss - before) / MB,
  };
}

const row = (bytes: number, tail: string) => Buffer.from(`* 1 FETCH (UID 1 BODY[] {${bytes}}\r\n${tail}`, 'latin1');
const wantsBody = (context: OddContext, ...items: Item[]) => (context.wants('BODY') ? items : undefined);

it.each<[string, string, (context: OddContext) => readonly Item[] | undefined, RegExp]>([
  ['an endless flood of OK', 'LIST', () => Array(40).fill(Buffer.from(LONG_LINE.repeat(256))), /nobody asked for/],
  ['answers with wrong tags', 'LIST', () => ['zz99 OK done'], /no answer to LIST for 1 min/],
  ['a line without an end', 'LIST', () => Array(20).fill(Buffer.alloc(MB, 'a')), /a line without an end/],
  ['a name of 4 GB', 'LIST', () => ['* LIST () "/" {4294967295}'], /literal of 4294967295 bytes/],
  [
    'a body of 2 GB that is listed with 140 bytes',
    'UID FETCH',
    (c) => wantsBody(c, row(2 ** 31, 'aaa')),
    /UID 1 was announced/,
  ],
  [
    'thousands of literals in one row',
    'UID FETCH',
    (c) => wantsBody(c, row(3, 'abc'), Buffer.from(` X {65000}\r\n${'a'.repeat(65_000)}`.repeat(40))),
    /UID 1 was announced/,
  ],
  [
    'rows that nobody asked for, without end',
    'UID FETCH',
    (c) => wantsBody(c, ...Array(40).fill(Buffer.from(`* 9 FETCH (UID 999 BODY[] {${MB}}\r\n${'q'.repeat(MB)})\r\n`))),
    /nobody asked for|no more of the answer/,
  ],
  ['text for the terminal', 'LIST', () => ['* OK \x1b[31mred\x1b]0;title\x07', '%T NO \x1b[2Jgone'], /NO /],
])('%s costs the other mailbox nothing', async (_what, command, says, words) => {
  const { exit, ann, arrived, failures, said, stoppedIn, grewBy } = await besideAnn(command, says);
  expect({ state: ann?.state.kind, arrived }).toEqual({ state: 'synced', arrived: 3 });
  expect([3, 4]).toContain(exit);
  expect(failures.join('\n')).toMatch(words);
  expect(stoppedIn).toBeLessThanOrEqual(2_500);
  // Most of it is the flood that the server in this process has ready.
  expect(grewBy).toBeLessThan(600);
  expect(said).not.toMatch(/\\u001b|\\u0007/);
});
