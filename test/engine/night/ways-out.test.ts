import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Credentials, Secret } from '../../../src/engine/imap/session/credentials.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { EVERYTHING } from '../../../src/words/decision.js';
import { aNight, CERTIFICATE, type Night, PASSWORD } from '../../support/night.js';
import { expectSameMail } from '../../support/same-mail.js';

const FINGERPRINT = new X509Certificate(CERTIFICATE).fingerprint256.replaceAll(':', '');
const MINUTE = 60_000;
const OK = { ok: true };
type Running = ReturnType<Night['start']>;

const held = (running: Running) => running.engine.status().batch.byState.held;

async function releases({ engine }: Running): Promise<void> {
  const asked = await engine.command({ do: 'preview', action: { do: 'release' }, selection: EVERYTHING });
  if (!asked.ok) return expect.unreachable(asked.why);
  expect(await engine.command({ do: 'decide', preview: asked.preview.id, by: 'eva' })).toMatchObject(OK);
}

describe('a certificate that changed in mid-night', () => {
  it('is vouched for, and the mailboxes that it held go on, in this run and in the next', async () => {
    const night = await aNight({
      mailboxes: 8,
      disk: 'real',
      endpoints: { source: { security: 'tls', fingerprint: '00'.repeat(32) } },
      options: { stagger: { min: 60, max: 60 } },
    });
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(30 * MINUTE);
    expect(held(running)).toBe(8);
    // The command to type is beside the hold, with the name of the batch.
    for (const { state } of running.engine.status().mailboxes)
      expect(state.kind === 'held' && adviceText(state.asks, 'night')).toContain(
        '`nightferry release night` with --source-fingerprint',
      );
    const trust = { do: 'trust', side: 'source', mailbox: null, fingerprint: FINGERPRINT, by: 'eva' } as const;
    expect(await running.engine.command(trust)).toEqual(OK);
    await releases(running);
    await night.clock.passes(30 * MINUTE);
    expect(held(running)).toBe(0);
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
    expect(night.log.map(({ text }) => text).join('\n')).toContain('eva vouched for the certificate of the source');
    expect(JSON.parse(await readFile(join(night.dir, 'night', 'batch.json'), 'utf8'))).toMatchObject({
      source: { fingerprint: FINGERPRINT },
    });
  });
});

describe('a shared login that is withdrawn in mid-night', () => {
  it('frees all that it held with one answer, also those that were held before it was known', async () => {
    let secret = PASSWORD;
    const shared: Credentials = {
      get: async () => ({ kind: 'password', password: new Secret(secret) }),
      shared: () => true,
    };
    const night = await aNight({ mailboxes: 6, credentials: shared, options: { stagger: { min: 60, max: 60 } } });
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(30_000);
    secret = 'outdated';
    // Two are refused, which looks like a matter of their accounts.
    await night.clock.passes(2 * MINUTE);
    expect(held(running)).toBe(2);
    for (const side of ['source', 'destination'] as const)
      expect(await running.engine.command({ do: 'password', mailbox: 'user3', side, secret: PASSWORD })).toEqual(OK);
    await night.clock.passes(20 * MINUTE);
    expect(running.engine.status().batch.byState.synced).toBe(6);
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
  });
});

describe('a password that an operator typed', () => {
  it('is remembered as one that the plan does not have, until the plan has it', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], disk: 'real' });
    night.source.account('ann').password = 'another';
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    expect(held(running)).toBe(1);
    const answer = { do: 'password', mailbox: 'ann', side: 'source', secret: 'another' } as const;
    expect(await running.engine.command(answer)).toEqual(OK);
    await night.clock.passes(MINUTE);
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
    expect(night.mailbox('ann').typedPasswords).toEqual(['source']);
    expect(night.mailbox('bob').typedPasswords).toEqual([]);
    expect((await night.record('ann')).data.typedPasswords).toEqual(['source']);
    // The plan was corrected.
    night.source.account('ann').password = PASSWORD;
    expect(await night.run()).toBe(0);
    expect(night.mailbox('ann').typedPasswords).toEqual([]);
  });
});

describe('a row of the plan that was wrong', () => {
  it('is corrected while its mailbox is held, and the mailbox goes on by it', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], disk: 'real' });
    night.source.account('ann').password = 'another';
    night.source.account('bob').password = 'another';
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    expect(held(running)).toBe(2);
    // The mailbox of ann is reached by the login of bob.
    night.source.account('bob').password = PASSWORD;
    const row = {
      mailbox: 'ann',
      sourceUser: 'bob',
      destinationUser: 'ann',
      userRoot: null,
      own: null,
      wave: null,
      by: 'eva',
    };
    expect(await running.engine.command({ do: 'correct-row', ...row })).toEqual(OK);
    expect(held(running)).toBe(2);
    await releases(running);
    await night.clock.passes(5 * MINUTE);
    expect(held(running)).toBe(0);
    expect(await running.engine.command({ do: 'correct-row', ...row, mailbox: 'nobody' })).toMatchObject({ ok: false });
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
    const stored: unknown = JSON.parse(await readFile(join(night.dir, 'night', 'batch.json'), 'utf8'));
    expect(stored).toMatchObject({
      mailboxes: [
        { id: 'ann', sourceUser: 'bob' },
        { id: 'bob', sourceUser: 'bob' },
      ],
    });
  });
});
