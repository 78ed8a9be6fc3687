import { describe, expect, it } from 'vitest';
import type { CertificateLook } from '../../../src/protocol/answers.js';
import { certificateQuestion } from '../../../src/ui/screens/shared/use-trust.js';
import { aHeld, aMailbox } from '../support/a-batch.js';
import { aBatchConsole } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

const LOOK: CertificateLook = {
  host: 'mail.new.example',
  code: 'FINGERPRINT_MISMATCH',
  fingerprint: 'AB'.repeat(32),
  subject: 'CN=mail.new.example',
  issuer: 'CN=Example CA',
  validTo: 'Jan  1 00:00:00 2030 GMT',
  trusted: 'CD'.repeat(32),
};

/** Two that are held for a certificate. */
function anEngine(answer: CertificateLook | string): PaperEngine {
  const held = ['ann', 'bob'].map((user) => ({
    ...aHeld(`${user}@new.example`, { key: 'bug', text: 'the certificate is not trusted' }, ''),
    cause: {
      group: 'kind auth',
      code: null,
      kind: 'auth',
      rule: 'tls-certificate',
      side: 'destination',
      text: 'the certificate is not trusted',
      of: 'messages',
      messages: 0,
      since: 0,
    } as const,
  }));
  const engine = new PaperEngine([...held, aMailbox('carl@new.example')]);
  const refused = typeof answer === 'string';
  engine.answers.set('certificate', refused ? { ok: false, why: answer } : { ok: true, certificate: answer });
  return engine;
}
const ordersOf = (engine: PaperEngine) => engine.orders.filter(({ do: name }) => name !== 'certificate');

describe('mailboxes that are held for a certificate', () => {
  it('are answered by their row: both fingerprints are shown, and nothing is done before somebody says yes', async () => {
    const engine = anEngine(LOOK);
    const { console } = await aBatchConsole(engine);
    await console.type('\r');
    await console.clock.pass(200);
    const screen = await console.screen();
    for (const text of [
      'not the one that was trusted. 2 mailboxes wait',
      'SHA-256 now: AB:AB:AB',
      'before it: CD:CD:CD',
      'Jan 1 00:00:00 2030',
    ])
      expect(screen).toContain(text);
    // The cursor stands on Cancel.
    await console.type('\r');
    expect(ordersOf(engine)).toEqual([]);
  });

  it('try again once it is trusted, and it alone', async () => {
    const engine = anEngine(LOOK);
    const { console } = await aBatchConsole(engine);
    await console.type('\r');
    await console.clock.pass(200);
    await console.type('Y');
    await console.clock.pass(200);
    const start = (mailbox: string) => ({ do: 'start', mailbox });
    const [trust, ...starts] = ordersOf(engine);
    expect(trust).toMatchObject({ do: 'trust', side: 'destination', fingerprint: LOOK.fingerprint, by: 'eva' });
    const ids = engine.mailboxes.slice(0, 2).map(({ id }) => id);
    expect(starts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual(ids.map(start));
  });

  it('are told of where the server cannot be asked', async () => {
    const engine = anEngine('the destination cannot be asked: refused');
    const { console } = await aBatchConsole(engine);
    await console.type('\r');
    await console.clock.pass(100);
    expect(await console.screen()).toContain('the destination cannot be asked: refused');
    expect(ordersOf(engine)).toEqual([]);
  });

  it('are shown, and not asked about, by a console that only looks', async () => {
    const engine = anEngine(LOOK);
    const { console } = await aBatchConsole(engine, undefined, 'read-only');
    await console.type('\r');
    expect(engine.told.map((one) => one.do)).not.toContain('certificate');
  });
});

describe('the question about a certificate', () => {
  it('is not asked where it was revoked', () => {
    expect(certificateQuestion('source', { ...LOOK, code: 'CERT_REVOKED' }, 2)).toBeNull();
  });

  it('is only whether to try again where it is trusted by now', () => {
    expect(certificateQuestion('source', { ...LOOK, code: null }, 2)).toMatchObject({ action: 'Try again' });
  });
});
