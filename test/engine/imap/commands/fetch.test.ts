import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { Desk } from '../../../../src/engine/imap/commands/desk.js';
import { fetchWhole } from '../../../../src/engine/imap/commands/fetch.js';
import { Wire } from '../../../../src/engine/imap/connection/wire.js';
import { UNKNOWN_SERVER } from '../../../support/known-servers.js';
import { NightClock } from '../../../support/night-clock.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A desk whose server says what it is told, once the tags of all commands are known. */
function aDesk() {
  let written = '';
  const socket = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => {
      written += String(chunk);
      done();
    },
  });
  const wire = new Wire(socket, { side: 'source', clock: new NightClock(), literals: 'plus' });
  const session = {
    wire,
    capabilities: new Set<string>(),
    greeting: '',
    certificate: null,
    software: Promise.resolve(''),
    known: Promise.resolve(UNKNOWN_SERVER),
  };
  const tags = () => written.split('\r\n').flatMap((line) => line.split(' ')[0] || []);
  const says = async (...lines: readonly string[]) => {
    socket.push(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
    await turn();
    await turn();
  };
  return { desk: new Desk(session, 'EXAMINE'), tags, says };
}

/** A row with a body of so many bytes. */
const row = (uid: number, bytes: number) =>
  `* ${uid} FETCH (FLAGS () INTERNALDATE " 1-Jan-2020 00:00:00 +0000" UID ${uid} BODY[] {${bytes}}\r\n${'x'.repeat(bytes)})`;

it('counts a body for the command that asked for it, though the one before has no answer yet', async () => {
  const { desk, tags, says } = aDesk();
  const announced: Record<'first' | 'second', number[]> = { first: [], second: [] };
  const first = fetchWhole(desk, 'INBOX', [1, 2], '1:2', 'with flags', ({ bytes }) => {
    announced.first.push(bytes);
    return null;
  });
  const second = fetchWhole(desk, 'INBOX', [3, 4], '3:4', 'with flags', ({ bytes }) => {
    announced.second.push(bytes);
    return null;
  });
  await turn();
  const [examine, one, two] = tags();
  await says(
    `${examine} OK`,
    row(1, 10),
    row(2, 20),
    row(3, 30),
    `* UIDFETCH 4 (FLAGS () INTERNALDATE " 1-Jan-2020 00:00:00 +0000" BODY[] {40}\r\n${'y'.repeat(40)})`,
    `${one} OK`,
    `${two} OK`,
  );
  expect(announced).toEqual({ first: [10, 20], second: [30, 40] });
  expect((await first).fetched.map(({ uid, body }) => [uid, body.length])).toEqual([
    [1, 10],
    [2, 20],
  ]);
  expect((await second).fetched.map(({ uid, body }) => [uid, body.length])).toEqual([
    [3, 30],
    [4, 40],
  ]);
});

it('counts a body for the oldest command where its row names no UID before it', async () => {
  const { desk, tags, says } = aDesk();
  const announced: number[] = [];
  const only = fetchWhole(desk, 'INBOX', [1], '1', 'with flags', ({ bytes }) => {
    announced.push(bytes);
    return null;
  });
  await turn();
  const [examine, one] = tags();
  await says(
    `${examine} OK`,
    `* 1 FETCH (BODY[] {5}\r\nhello UID 1 FLAGS () INTERNALDATE " 1-Jan-2020 00:00:00 +0000")`,
  );
  await says(`${one} OK`);
  expect(announced).toEqual([5]);
  expect((await only).fetched.map(({ uid }) => uid)).toEqual([1]);
});
