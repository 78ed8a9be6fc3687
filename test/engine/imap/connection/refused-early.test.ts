import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { Secret } from '../../../../src/engine/imap/session/credentials.js';
import { LoginFailed } from '../../../../src/engine/imap/session/login-failed.js';
import { openSession } from '../../../../src/engine/imap/session/session.js';
import { systemClock } from '../../../../src/words/clock.js';
import { anEndpoint } from '../../../support/batch/plain-batch.js';

const BYE = '* BYE [UNAVAILABLE] Too many connections from your IP address';

const ENDPOINT = anEndpoint({ port: 143, security: 'plaintext' });

/** A line on which everything was said before anybody listened: it is sent away, and closed. */
function overAlready(): Duplex {
  const line = new Duplex({ allowHalfOpen: false, read() {}, write: (_chunk, _encoding, done) => done() });
  line.push(`${BYE}\r\n`);
  line.push(null);
  return line;
}

it('keeps the word with which a connection was sent away while it waited for the first one to log in', async () => {
  const thrown: unknown = await openSession({
    side: 'source',
    endpoint: ENDPOINT,
    trust: { ca: null, fingerprint: null },
    login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret('x') } },
    connect: overAlready,
    after: Promise.resolve(),
    clock: systemClock,
    onNotice: () => {},
  }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(LoginFailed);
  expect(thrown).toMatchObject({ line: BYE, refused: false, during: 'connect' });
});
