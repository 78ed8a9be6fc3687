import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningLaunch } from '../../../src/commands/launch/launched.js';
import { listenAtOnce } from '../../../src/commands/launch/listen-at-once.js';
import { openConsole } from '../../../src/commands/launch/open-console.js';
import type { BatchConsoleParts, Consoles } from '../../../src/commands/process/consoles.js';
import type { Io } from '../../../src/commands/process/io.js';
import { serveEngine } from '../../../src/engine/host/server.js';
import { connectEngine } from '../../../src/protocol/client.js';
import type { EngineEvent } from '../../../src/protocol/events.js';
import type { BatchStore } from '../../../src/store/batch/batch-store.js';
import { systemClock } from '../../../src/words/clock.js';
import { aMailbox, FakeEngine } from '../../support/fake-engine.js';
import { nightBatch } from '../../support/night-batch.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-open-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** A batch of one mailbox at work, and a client that is connected to it. */
async function aBatch() {
  const engine = new FakeEngine([aMailbox('ann')], { name: 'school' });
  const path = join(dir, 'e.sock');
  const socket = await serveEngine(engine, { path, batch: 'school', program: '0', clock: systemClock });
  return { engine, socket, client: await connectEngine(path, { clock: systemClock, program: '0' }) };
}

/** The view that the console was given, and how it was left: as an operator does who reads and presses q. */
async function watched(launched: RunningLaunch, loaded: Promise<unknown>) {
  const events: EngineEvent[] = [];
  let said = '';
  const consoles: Consoles = {
    start: () => Promise.reject(new Error('no start screen here')),
    check: () => Promise.reject(new Error('nothing is checked here')),
    async onBatch({ client, farewell }: BatchConsoleParts) {
      await client.subscribe((event) => events.push(event)).catch(() => undefined);
      await client.closed;
      // News of the process comes a moment later.
      await new Promise((resolve) => setImmediate(resolve));
      said = farewell();
      return 0;
    },
  };
  const exitCode = await openConsole(
    {
      launched,
      store: {
        name: 'school',
        dir: '/home/op/.local/state/nightferry/school',
        batch: nightBatch({ users: ['ann'], now: 0 }),
      } as BatchStore,
      access: 'full',
      screen: {
        kind: 'console',
        mode: {
          kind: 'console',
          charset: 'unicode',
          theme: 'dark',
          mouse: 'on',
          signs: { title: 'shown', bell: 'silent' },
        },
        launcher: {
          startDetached: () => Promise.reject(new Error('none is started')),
          loginFacts: () => Promise.reject(new Error('none is started')),
          loadConsoles: async () => {
            await loaded;
            return consoles;
          },
        },
      },
      restart: () => Promise.reject(new Error('none is started again')),
    },
    { cwd: dir, env: {}, home: '/home/op' } as Io,
  );
  return { exitCode, events, said };
}

describe('a console', () => {
  it('tells how a batch ended that was over before the console was loaded, and ends in its code', async () => {
    const { engine, socket, client } = await aBatch();
    const launched = { kind: 'running', client: listenAtOnce(client), exitCode: null } as const;
    const opened = watched(launched, client.closed);
    expect(await launched.client.met).toBe(true);
    engine.publish({
      type: 'mailbox',
      mailbox: aMailbox('ann', {
        state: { kind: 'held', because: { key: 'told', text: 'x' }, asks: { key: 'as-written', text: 'y' } },
      }),
    });
    engine.end(3);
    await socket.close();
    const { exitCode, events, said } = await opened;
    expect(exitCode).toBe(3);
    expect(said).toMatch(/^school has ended with errors open/);
    expect(events.map((event) => (event.type === 'mailbox' ? event.mailbox.state.kind : event.type))).toEqual([
      'batch',
      'queued',
      'held',
      'end',
    ]);
  });

  it('points out, when it is left, the passwords that were typed and that the plan does not have', async () => {
    const { engine, socket, client } = await aBatch();
    const launched = { kind: 'running', client: listenAtOnce(client), exitCode: null } as const;
    const opened = watched(launched, client.closed);
    expect(await launched.client.met).toBe(true);
    engine.publish({ type: 'mailbox', mailbox: aMailbox('ann', { email: 'ann@x', typedPasswords: ['source'] }) });
    engine.end(0);
    await socket.close();
    expect((await opened).said).toMatch(
      /^school is done, all settled\n.* 1 password that you typed was taken: ann@x \(source\)\. Correct the plan before the next run\n$/,
    );
  });

  it.each([
    ['its process ended as a batch ends', Promise.resolve(3), 3, /has ended with errors open/],
    ['its process broke', Promise.resolve(1), 4, /the engine of school is gone/],
    ['its process was killed', Promise.resolve(null), 4, /the engine of school is gone/],
    ['its process is none of ours', null, 4, /the engine of school is gone/],
  ])('whose engine went without a word ends in the batch’s code where %s', async (_, code, exitCode, words) => {
    const { socket, client } = await aBatch();
    const opened = watched({ kind: 'running', client: listenAtOnce(client), exitCode: code }, Promise.resolve());
    await socket.close();
    expect(await opened).toMatchObject({ exitCode, said: expect.stringMatching(words) });
  });
});

describe('a client that listens at once', () => {
  it('says that it met nobody where the line closed before the engine said what it runs', async () => {
    const client = listenAtOnce({
      command: async () => ({ ok: false, why: 'gone' }),
      subscribe: () => Promise.reject(new Error('gone')),
      status: () => Promise.reject(new Error('gone')),
      closed: Promise.resolve(),
      close: () => undefined,
    });
    expect(await client.met).toBe(false);
    await expect(client.subscribe(() => undefined)).rejects.toThrow('gone');
  });
});
