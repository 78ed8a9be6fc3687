import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer, drop, unsolicited, when, whenConnected, whenMessage } from '../../../demo/server/index.js';
import { type Credentials, Secret } from '../../../src/engine/imap/session/credentials.js';
import { reasonText } from '../../../src/words/reason-text.js';
import { aNight, CERTIFICATE, type Night, PASSWORD } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';

const FINGERPRINT = new X509Certificate(CERTIFICATE).fingerprint256.replaceAll(':', '');

/** Every byte below a folder. */
async function bytesOf(folder: string): Promise<Buffer> {
  const all: Buffer[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    all.push(Buffer.from(name));
    if ((await stat(path)).isFile()) all.push(await readFile(path));
  }
  return Buffer.concat(all);
}

function everythingSaid(night: Night): string {
  return JSON.stringify(night.events);
}

describe('a password', () => {
  it('stands in no file, event or error, whatever went wrong; nor does a body', async () => {
    const night = await aNight({
      disk: 'real',
      mailboxes: ['ann', 'bob', 'eve'],
      mail: (user) => ({ INBOX: [...letters(20, user), letter('poison'), letter('confidential-content')] }),
    });
    night.source.account('bob').password = 'another';
    // A server that repeats what it was told.
    night.destination.goesWrong(
      when('APPEND', drop(), { nth: 2 }),
      whenMessage(answer('NO [CANNOT] Refused'), { containing: 'poison' }),
      when('STATUS', unsolicited('* OK [ALERT] Welcome'), { times: 1 }),
    );
    expect(await night.run()).toBe(3);
    await night.run();
    const plain = Buffer.from(`\0ann\0${PASSWORD}`).toString('base64');
    const said = everythingSaid(night);
    const written = await bytesOf(night.dir);
    expect(written.length).toBeGreaterThan(2000);
    for (const secret of [PASSWORD, Buffer.from(PASSWORD).toString('base64').slice(0, 12), plain, 'Body of ']) {
      expect(said).not.toContain(secret);
      expect(written.includes(secret)).toBe(false);
    }
  });

  it('that a server repeats in its refusal is not passed on', async () => {
    const night = await aNight({ disk: 'real' });
    night.source.goesWrong(when('AUTHENTICATE', answer(`NO [AUTHENTICATIONFAILED] Bad password ${PASSWORD} for ann`)));
    expect(await night.run()).toBe(3);
    expect(everythingSaid(night)).not.toContain(PASSWORD);
    expect((await bytesOf(night.dir)).includes(PASSWORD)).toBe(false);
  });

  it('prints as nothing, however an error or a log would print it', async () => {
    const { inspect } = await import('node:util');
    const secret = new Secret(PASSWORD);
    expect(
      `${secret} ${JSON.stringify({ secret })} ${inspect({ secret }, { showHidden: true, depth: 9 })}`,
    ).not.toContain(PASSWORD);
  });
});

describe('text of a hostile server', () => {
  it('reaches no event raw', async () => {
    const night = await aNight();
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\u0000\u007f';
    night.destination.goesWrong(
      when('STATUS', unsolicited(`* OK [ALERT] hello ${hostile}`), { times: 1 }),
      whenMessage(answer(`NO [CANNOT] ${hostile} refused`), { containing: 'in-2' }),
      when('CREATE', answer(`NO ${hostile}`), { folder: 'Work' }),
    );
    night.source.account('ann').addFolder('Evil \u001b[31m folder').add(letter('x'));
    expect(await night.run()).toBe(3);
    // eslint-disable-next-line no-control-regex
    const raw = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    const bad: string[] = [];
    const look = (value: unknown): void => {
      if (typeof value === 'string' && raw.test(value)) bad.push(value);
      else if (Array.isArray(value)) value.forEach(look);
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(look);
    };
    for (const event of night.events) look(event);
    expect(bad).toEqual([]);
  });
});

describe('TLS', () => {
  const tls = {
    endpoints: {
      source: { security: 'tls', fingerprint: FINGERPRINT },
      destination: { security: 'tls', fingerprint: FINGERPRINT },
    },
  } as const;

  it('from the first byte, trusted by its fingerprint', async () => {
    const night = await aNight(tls);
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('where literals are waited for and there is one connection', async () => {
    const night = await aNight({ ...tls, destination: { without: ['LITERAL+'], connectionsPerUser: 1 } });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.mailbox('ann').attempts).toBe(1);
  });

  it('after STARTTLS, trusted by the authority that signed it', async () => {
    const night = await aNight();
    const ca = join(night.dir, 'ca.pem');
    await writeFile(ca, CERTIFICATE);
    Object.assign(night.batch.source, { security: 'starttls', ca });
    Object.assign(night.batch.destination, { security: 'starttls', ca });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('that is not offered is no reason to go on in clear: no password is sent', async () => {
    let asked = 0;
    const credentials: Credentials = {
      shared: () => false,
      get: async () => {
        asked++;
        return { kind: 'password', password: new Secret(PASSWORD) };
      },
    };
    const night = await aNight({
      credentials,
      source: { without: ['STARTTLS'] },
      endpoints: { source: { security: 'starttls', fingerprint: FINGERPRINT } },
    });
    expect(await night.run()).toBe(3);
    expect(asked).toBeGreaterThan(0);
    expect(night.source.commands.map(({ command }) => command)).not.toContain('AUTHENTICATE');
    expect(night.source.commands.map(({ command }) => command)).not.toContain('LOGIN');
    expect(night.mailbox('ann').state).toMatchObject({ kind: 'held' });
  });

  it.each([
    ['unknown', null],
    ['another than given', 'AB'.repeat(32)],
  ] as const)('with a certificate that is %s holds, and names the fingerprint to compare', async (_, fingerprint) => {
    const night = await aNight({ endpoints: { destination: { security: 'tls', fingerprint } } });
    expect(await night.run()).toBe(3);
    const state = night.mailbox('ann').state;
    expect(state).toMatchObject({ kind: 'held' });
    expect(state.kind === 'held' ? reasonText(state.because) : '').toContain(FINGERPRINT);
    // No password mends it.
    expect(night.mailbox('ann').asksPassword).toBeNull();
    expect(night.destination.commands).toEqual([]);
  });

  it.each([
    ['that nobody vouched for', null, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['that changed', 'AB'.repeat(32), 'FINGERPRINT_MISMATCH'],
  ] as const)(
    'with a certificate %s is looked at and vouched for while the engine runs',
    async (_, fingerprint, code) => {
      const night = await aNight({ endpoints: { destination: { security: 'tls', fingerprint } } });
      const running = night.start();
      const leaves = running.engine.attend();
      await night.clock.passes(60_000);
      expect(night.mailbox('ann').state).toMatchObject({ kind: 'held' });
      const looked = await night.clock.until(
        running.engine.command({ do: 'certificate', side: 'destination', mailbox: 'ann' }),
      );
      expect(looked).toMatchObject({ ok: true, certificate: { code, fingerprint: FINGERPRINT, trusted: fingerprint } });
      // Nobody has vouched for it yet: nothing was sent.
      expect(night.destination.commands).toEqual([]);
      await running.engine.command({
        do: 'trust',
        side: 'destination',
        mailbox: 'ann',
        fingerprint: FINGERPRINT,
        by: 'eva',
      });
      const again = await night.clock.until(
        running.engine.command({ do: 'certificate', side: 'destination', mailbox: 'ann' }),
      );
      expect(again).toMatchObject({ ok: true, certificate: { code: null, trusted: FINGERPRINT } });
      expect(await running.engine.command({ do: 'start', mailbox: 'ann' })).toMatchObject({ ok: true });
      leaves();
      expect(await night.clock.until(running.done)).toBe(0);
      expectSameMail(night);
    },
  );

  it('that is not there has no certificate to look at', async () => {
    const night = await aNight();
    const running = night.start();
    expect(
      await night.clock.until(running.engine.command({ do: 'certificate', side: 'source', mailbox: 'ann' })),
    ).toEqual({
      ok: false,
      why: 'the source showed no certificate',
    });
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('that nobody trusts is met by three mailboxes, and held against all', async () => {
    const night = await aNight({
      mailboxes: 8,
      endpoints: { source: { security: 'tls', fingerprint: '00'.repeat(32) } },
      options: { stagger: { min: 60, max: 60 } },
    });
    expect(await night.run()).toBe(3);
    for (const user of night.users) expect(night.mailbox(user).state).toMatchObject({ kind: 'held' });
    expect(night.users.filter((user) => night.mailbox(user).attempts > 0)).toHaveLength(3);
    expect(night.clock.now() - night.clock.began).toBeLessThan(3 * 60_000);
  });
});

describe('a server that cannot be reached', () => {
  it('is tried again until it is back', async () => {
    const night = await aNight();
    night.destination.goesWrong(whenConnected(drop(), { times: 8 }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await night.errors()).toEqual([]);
  });
});
