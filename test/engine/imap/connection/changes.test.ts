import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { ChangeRefused } from '../../../../src/engine/imap/connection/changes.js';
import { Wire } from '../../../../src/engine/imap/connection/wire.js';
import { NightClock } from '../../../support/night-clock.js';

function toLook() {
  const written: string[] = [];
  const socket = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  const options = { side: 'destination', clock: new NightClock(), literals: 'plus', changes: 'refused' } as const;
  return { written, wire: new Wire(socket, options) };
}

it.each([
  'APPEND',
  'CLOSE',
  'COPY',
  'CREATE',
  'DELETE',
  'EXPUNGE',
  'MOVE',
  'RENAME',
  'SELECT',
  'SETACL',
  'STORE',
  'SUBSCRIBE',
  'UID COPY',
  'UID EXPUNGE',
  'UID MOVE',
  'UID STORE',
  'UNSUBSCRIBE',
  'something new',
])('writes no byte of %s on a connection that is only to look', async (name) => {
  const { wire, written } = toLook();

  await expect(wire.command(name, [`${name} INBOX`])).rejects.toThrow(ChangeRefused);
  expect(written).toEqual([]);
});

it('writes what changes nothing', async () => {
  const { wire, written } = toLook();
  wire.command('EXAMINE', ['EXAMINE INBOX']).catch(() => {});
  await new Promise((resolve) => setImmediate(resolve));

  expect(written.join('')).toBe('n1 EXAMINE INBOX\r\n');
});
