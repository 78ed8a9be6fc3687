import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { OversizedResponse } from '../../../../src/engine/imap/connection/oversized-response.js';
import type { Listener } from '../../../../src/engine/imap/connection/pending.js';
import { Usefulness } from '../../../../src/engine/imap/connection/usefulness.js';
import { Wire } from '../../../../src/engine/imap/connection/wire.js';
import type { Announced } from '../../../../src/engine/imap/grammar/response-reader.js';
import { NightClock } from '../../../support/night-clock.js';

const MINUTE = 60_000;

/** A connection with one FETCH under way. */
function aWire(listener: Listener = {}) {
  const clock = new NightClock();
  const written: string[] = [];
  const socket = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  const wire = new Wire(socket, { side: 'source', clock, literals: 'plus' });
  const answer = wire.command('UID FETCH', ['UID FETCH 1 (UID)'], listener);
  answer.catch(() => {});
  const says = (text: string) => socket.push(Buffer.from(text, 'latin1'));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, socket, wire, answer, says, turn };
}

describe('a server that talks and says nothing of use is given up', () => {
  it.each([['* OK still here\r\n'], ['zz99 OK done\r\n'], ['* 7 EXISTS\r\n'], ['x']])(
    'by %j each second',
    async (line) => {
      const { clock, wire, says, answer } = aWire();
      for (let second = 0; second < 310 && !wire.lost; second++) {
        says(line);
        await clock.passes(1000);
      }
      await expect(answer).rejects.toThrow('no answer to UID FETCH for 5 min, though the server went on talking');
    },
  );

  it('after too many bytes that nobody asked for', async () => {
    const { says, turn, answer } = aWire();
    const flood = '* OK still here, please wait a moment\r\n'.repeat(100_000);
    for (let i = 0; i < 12; i++) {
      says(flood);
      await turn();
    }
    await expect(answer).rejects.toThrow('that nobody asked for');
  });
});

describe('a server that works is waited for', () => {
  it('while bytes of a message come, however slowly', async () => {
    const { clock, wire, says } = aWire({ onLiteral: () => null });
    says('* 1 FETCH (UID 1 BODY[] {1000}\r\n');
    for (let n = 0; n < 400; n++) {
      says('x');
      await clock.passes(10_000);
    }
    expect(wire.lost).toBeNull();
  });

  it('while it says that the command is in progress, for half an hour', async () => {
    const { clock, wire, says } = aWire();
    const minutes = async (count: number) => {
      for (let minute = 0; minute < count && !wire.lost; minute++) {
        says('* OK [INPROGRESS ("n1" 1 2)] still at it\r\n');
        await clock.passes(MINUTE);
      }
    };
    await minutes(29);
    expect(wire.lost).toBeNull();
    await minutes(10);
    expect(wire.lost).not.toBeNull();
  });

  it('while we do not read it for want of room', async () => {
    let makeRoom: () => void = () => {};
    const room = new Promise<void>((resolve) => {
      makeRoom = resolve;
    });
    const heard: string[] = [];
    const { clock, socket, wire, says, turn } = aWire({
      onLiteral: () => room,
      onData: ({ text }) => heard.push(text) > 0,
    });
    says('* 1 FETCH (UID 1 BODY[] {3}\r\n');
    await turn();
    says('abc)\r\n');
    await clock.passes(10 * MINUTE);
    expect([wire.lost, socket.isPaused(), heard]).toEqual([null, true, []]);
    makeRoom();
    await turn();
    await turn();
    expect([socket.isPaused(), heard.length]).toEqual([false, 1]);
  });
});

it('asks the command before a literal is read, and drops the connection where it must not come', async () => {
  const asked: Announced[] = [];
  const { says, answer, turn } = aWire({
    onLiteral: (announced) => {
      asked.push(announced);
      if (announced.sum > 10) throw new OversizedResponse('too large');
      return null;
    },
  });
  says('* 1 FETCH (UID 1 X {6}\r\nabcdef Y {6}\r\n');
  await turn();
  expect(asked.map(({ bytes, sum }) => [bytes, sum])).toEqual([
    [6, 6],
    [6, 12],
  ]);
  await expect(answer).rejects.toThrow('too large');
});

it('lets nobody send megabytes of names', async () => {
  const { says, answer } = aWire();
  says('* LIST () "/" {9000000}\r\n');
  await expect(answer).rejects.toThrow('9000000 bytes of literals');
});

it('gives the others their turn while it is flooded', async () => {
  const { says, turn } = aWire({ onData: () => true });
  const flood = '* OK still here, please wait a moment\r\n'.repeat(20_000);
  let fed = 0;
  let turns = 0;
  for (; fed < 20; fed++) says(flood);
  const begun = performance.now();
  let longest = 0;
  let last = begun;
  for (; turns < 40; turns++) {
    await turn();
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  // One push is 760 KB; more than one a turn would be three.
  expect(turns).toBe(40);
  expect(longest).toBeLessThan(1000);
});

it('counts a use as one, and INPROGRESS as none', () => {
  const useful = new Usefulness(0);
  useful.use(10);
  expect([useful.uses, useful.idleFor(15)]).toEqual([1, 5]);
  useful.inProgress(20);
  expect([useful.uses, useful.idleFor(25)]).toEqual([1, 5]);
  useful.noise(30 * 1024 * 1024);
  useful.use(30);
  useful.noise(30 * 1024 * 1024);
  expect(() => useful.noise(30 * 1024 * 1024)).toThrow(OversizedResponse);
});
