import { describe, expect, it } from 'vitest';
import { answer, drop, when } from '../../../demo/server/index.js';
import { type Credentials, Secret } from '../../../src/engine/imap/session/credentials.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { aNight, PASSWORD, passwords } from '../../support/night.js';
import { expectSameMail } from '../../support/same-mail.js';

describe('a refused password', () => {
  it('holds its mailbox after one try, and the others are copied', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'] });
    night.source.account('ann').password = 'another';
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({ kind: 'held' });
    expect(night.mailbox('bob').state.kind).toBe('synced');
    expectSameMail(night, 'bob');
    const [entry] = await night.errors('ann');
    expect(entry).toMatchObject({ side: 'source', folder: null, verdict: { kind: 'auth', next: 'hold' } });
    // One of ann's, and two of bob's.
    expect(night.source.sent('AUTHENTICATE')).toHaveLength(3);
  });

  it('is forgotten when the next run logs in', async () => {
    const night = await aNight();
    night.destination.account('ann').password = 'another';
    expect(await night.run()).toBe(3);
    night.destination.account('ann').password = PASSWORD;
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await night.errors()).toEqual([]);
  });

  it('that many share holds them all after one login: 500 failed ones earn a ban', async () => {
    const shared: Credentials = { ...passwords, shared: (side) => side === 'source' };
    const night = await aNight({ mailboxes: 6, credentials: shared, options: { stagger: { min: 60, max: 90 } } });
    for (const user of night.users) night.source.account(user).password = 'another';
    expect(await night.run()).toBe(3);
    for (const user of night.users) expect(night.mailbox(user).state.kind).toBe('held');
    expect(night.source.sent('AUTHENTICATE')).toHaveLength(1);
  });
});

describe('a shared password on a resume, which starts all at once', () => {
  const shared: Credentials = { ...passwords, shared: (side) => side === 'source' };

  it('is tried by one of them when it is wrong', async () => {
    const night = await aNight({ mailboxes: 12, credentials: shared });
    expect(await night.run()).toBe(0);
    night.source.forget();
    for (const user of night.users) night.source.account(user).password = 'another';
    expect(await night.run()).toBe(3);
    for (const user of night.users) expect(night.mailbox(user).state.kind).toBe('held');
    expect(night.source.sent('AUTHENTICATE')).toHaveLength(1);
  });

  it('lets the others follow at once when it is right', async () => {
    const night = await aNight({ mailboxes: 12, credentials: shared, source: { latencyMs: 10 } });
    expect(await night.run()).toBe(0);
    const starts = night.users.map((user) => night.source.sent('LIST', user)[0]!.when);
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(1000);
  });
});

describe('an OAuth token', () => {
  it('that expires in mid-run is renewed, on a new connection, and the copy goes on', async () => {
    const asked: boolean[] = [];
    let token = 'token-1';
    const credentials: Credentials = {
      shared: () => false,
      get: async (side, _row, renew) => {
        if (side === 'source') return { kind: 'password', password: new Secret(PASSWORD) };
        asked.push(renew);
        if (renew) token = 'token-2';
        return { kind: 'token', token: new Secret(token) };
      },
    };
    let expired = false;
    const night = await aNight({
      credentials,
      destination: {
        checkToken: (login) => (login.token === 'token-2' || !expired ? 'good' : 'expired'),
      },
    });
    night.destination.goesWrong(when('APPEND', drop(), { nth: 2 }));
    night.destination.watch((event) => {
      if (event.at === 'message') expired = true;
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(asked.filter((renew) => renew)).toHaveLength(1);
    expect(night.mailbox('ann').errors).toBe(0);
  });

  it('that is refused again after it was renewed holds the mailbox', async () => {
    let asked = 0;
    const credentials: Credentials = {
      shared: () => false,
      get: async () => {
        asked++;
        return { kind: 'token', token: new Secret('no good') };
      },
    };
    const night = await aNight({
      credentials,
      source: { checkToken: () => 'expired' },
      destination: { checkToken: () => 'good' },
    });
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state.kind).toBe('held');
    expect(asked).toBeLessThan(8);
  });
});

describe('an application that may open some mailboxes only', () => {
  it('is held for those, and not for the others', async () => {
    const night = await aNight({
      mailboxes: 4,
      credentials: { ...passwords, shared: (side) => side === 'destination' },
      options: { stagger: { min: 60, max: 90 } },
    });
    const [first, ...others] = night.users;
    const said = 'BAD User is authenticated but not connected.';
    for (const verb of ['NAMESPACE', 'LIST'] as const)
      night.destination.goesWrong(when(verb, answer(said), { account: first! }));
    expect(await night.run()).toBe(3);
    expect(night.mailbox(first!).state.kind).toBe('held');
    expect(adviceText((await night.errors(first!))[0]?.verdict.advice ?? null, 'x')).toContain('Add-MailboxPermission');
    for (const user of others) expect(night.mailbox(user).state.kind).toBe('synced');
  });
});

describe('a login on another’s behalf', () => {
  const admin: Credentials = {
    shared: () => true,
    get: async () => ({ kind: 'password', password: new Secret('admin-secret') }),
  };
  const accounts = { ann: { password: 'x' }, admin: { password: 'admin-secret' } };

  it('by authzid opens the mailbox and not the admin’s', async () => {
    const night = await aNight({
      credentials: admin,
      source: { accounts, admins: ['admin'] },
      destination: { accounts, admins: ['admin'] },
      endpoints: { source: { user: 'admin', authzid: true }, destination: { user: 'admin', authzid: true } },
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.destination.account('admin').folder('INBOX').messages).toHaveLength(0);
  });

  it('by authzid is given up where the server would open the admin’s own mailbox', async () => {
    const night = await aNight({
      credentials: admin,
      source: { accounts, admins: ['admin'], without: ['AUTH=PLAIN'] },
      destination: { accounts, admins: ['admin'] },
      endpoints: { source: { user: 'admin', authzid: true }, destination: { user: 'admin', authzid: true } },
    });
    expect(await night.run()).toBe(3);
    expect(night.source.sent('LIST')).toEqual([]);
    expect(night.mailbox('ann').state.kind).toBe('held');
  });

  it('by a login template', async () => {
    const night = await aNight({
      credentials: admin,
      source: { accounts, admins: ['admin'] },
      destination: { accounts, admins: ['admin'] },
      endpoints: { source: { login: '{user}*admin' }, destination: { login: '{user}*admin' } },
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('is refused to who is no admin', async () => {
    const night = await aNight({
      credentials: admin,
      source: { accounts },
      destination: { accounts },
      endpoints: { source: { user: 'admin', authzid: true } },
    });
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({ kind: 'held' });
    expect(night.source.sent('LIST')).toEqual([]);
  });
});
