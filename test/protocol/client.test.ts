import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectEngine, EngineGone } from '../../src/protocol/client.js';
import { BadInput } from '../../src/words/bad-input.js';
import { systemClock } from '../../src/words/clock.js';
import { AnEngineSocket } from '../engine/host/an-engine-socket.js';
import { aMailbox, FakeEngine } from '../support/fake-engine.js';

let host: AnEngineSocket;
beforeEach(async () => {
  host = await AnEngineSocket.inFolder();
});
afterEach(() => host.isDone());

describe('a console', () => {
  it('finds nobody where no engine runs', async () => {
    await expect(connectEngine(host.path, { clock: systemClock, program: '0.1.0' })).rejects.toThrow(EngineGone);
  });

  it('says in one line that the engine is of another version', async () => {
    const server = createServer((socket) =>
      socket.end('{"nightferry":99,"program":"9.0.0","batch":"school"}\n'),
    ).listen(host.path);
    host.closesToo({ close: () => server.close() });
    const attempt = connectEngine(host.path, { clock: systemClock, program: '0.1.0' });
    await expect(attempt).rejects.toThrow(BadInput);
    await expect(attempt).rejects.toThrow(
      /^the engine runs nightferry 9\.0\.0 with protocol 99, this is nightferry 0\.1\.0 with protocol 2; use the same version$/,
    );
  });

  it('is told when what answers is no engine', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\n')).listen(host.path);
    host.closesToo({ close: () => server.close() });
    await expect(connectEngine(host.path, { clock: systemClock, program: '0.1.0' })).rejects.toThrow(EngineGone);
  });

  it('gets an answer to what it asked when the engine dies', async () => {
    const engine = new FakeEngine([aMailbox('ann')]);
    engine.answers = () => new Promise(() => undefined);
    const socket = await host.serve(engine);
    const client = await host.connect();
    const answer = client.command({ do: 'status' });
    await expect.poll(() => engine.commands.length).toBe(1);
    await socket.close();
    expect(await answer).toEqual({ ok: false, why: 'the connection to the engine broke' });
  });
});
