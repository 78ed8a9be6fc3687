import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { DEMO_CERTIFICATE } from '../../../demo/server/index.js';
import { PASSWORD } from '../../support/night-batch.js';
import { moveBetween } from '../../support/odd-move.js';
import { DROP, type OddSpec, three } from '../../support/odd-server.js';

const TLS = { key: DEMO_CERTIFICATE.key, cert: DEMO_CERTIFICATE.cert };
const fingerprint = new X509Certificate(DEMO_CERTIFICATE.cert).fingerprint256.replaceAll(':', '');
const OVER_STARTTLS = { endpoints: { source: { security: 'starttls', fingerprint } } } as const;

/** All that a source heard outside of TLS, with what is base64 in it read too. */
function heardInClear(clear: readonly string[]): string {
  const text = clear.join('');
  const decoded = text.split(/[\s"]+/).map((word) => Buffer.from(word, 'base64').toString('latin1'));
  return text + decoded.join('\n');
}

it('moves the mail of a server that speaks STARTTLS as it should', async () => {
  const source: OddSpec = { caps: 'STARTTLS', tls: TLS, starttls: ['%T OK go'] };
  const move = await moveBetween(source, {}, OVER_STARTTLS);
  expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  expect(move.source.passwords).toContain(PASSWORD);
  expect(heardInClear(move.source.clear)).not.toContain(PASSWORD);
});

it.each<[string, OddSpec]>([
  ['has no STARTTLS', {}],
  ['refuses STARTTLS', { caps: 'STARTTLS', starttls: ['%T NO not now'] }],
  ['does not understand STARTTLS', { caps: 'STARTTLS', starttls: ['%T BAD what?'] }],
  ['drops the line at STARTTLS', { caps: 'STARTTLS', starttls: [DROP] }],
  [
    'goes on in clear behind its OK to STARTTLS',
    { caps: 'STARTTLS', tls: TLS, starttls: ['%T OK go', '* CAPABILITY IMAP4rev1 AUTH=PLAIN'] },
  ],
  ['calls us logged in before STARTTLS', { greeting: () => ['* PREAUTH welcome'], caps: 'STARTTLS' }],
])('sends no password to a server that %s, and reads no mail there', async (_, source) => {
  const move = await moveBetween({ ...source, folders: three() }, {}, OVER_STARTTLS);
  expect(move.exit).toBe(3);
  expect(move.source.passwords).toEqual([]);
  expect(heardInClear(move.source.clear)).not.toContain(PASSWORD);
  expect(move.destination.appended).toBe(0);
  expect(move.open).not.toEqual([]);
});
