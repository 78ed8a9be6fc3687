import { createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/engine/credentials.js';
import { LoginFailed } from '../../../src/engine/imap/login-failed.js';
import { openSession } from '../../../src/engine/imap/session.js';
import { connectTcp } from '../../../src/engine/imap/transport.js';
import type { Endpoint } from '../../../src/store/batch.js';
import { systemClock } from '../../../src/words/clock.js';

const BYE = '* BYE [UNAVAILABLE] Too many connections from your IP address';

/** A server that sends everybody away with a word; `gone` resolves when it has hung up. */
async function unfriendly(): Promise<{ readonly port: number; readonly gone: Promise<void> }> {
  let hungUp: () => void = () => {};
  const gone = new Promise<void>((resolve) => {
    hungUp = resolve;
  });
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.end(`${BYE}\r\n`, () => hungUp());
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, gone };
}

async function refusal(after: (gone: Promise<void>) => Promise<void> | undefined): Promise<LoginFailed> {
  const { port, gone } = await unfriendly();
  const endpoint: Endpoint = {
    host: '127.0.0.1',
    port,
    security: 'plaintext',
    user: null,
    login: null,
    authzid: false,
    passwordCommand: null,
    tokenCommand: null,
    ca: null,
    fingerprint: null,
  };
  const wait = after(gone);
  const thrown: unknown = await openSession({
    side: 'source',
    endpoint,
    trust: { ca: null, fingerprint: null },
    login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret('x') } },
    connect: connectTcp,
    clock: systemClock,
    onNotice: () => {},
    ...(wait ? { after: wait } : {}),
  }).catch((error: unknown) => error);
  if (!(thrown instanceof LoginFailed)) throw new Error('it was let in');
  return thrown;
}

it('keeps the word with which a connection was sent away, also one that waited before it began', async () => {
  for (const after of [() => undefined, (gone: Promise<void>) => gone]) {
    expect(await refusal(after)).toMatchObject({ line: BYE, refused: false, during: 'connect' });
  }
});
