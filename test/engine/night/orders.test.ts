import { describe, expect, it } from 'vitest';
import { answer, delay, when } from '../../../demo/server/index.js';
import { type Credentials, Secret } from '../../../src/engine/imap/session/credentials.js';
import { reasonText } from '../../../src/words/reason-text.js';
import { aNight, PASSWORD } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { HOUR, MINUTE } from '../../support/trouble.js';
import { ends, entity, mail, memory, OK, slowly } from './ordering.js';

describe('an order that comes while the engine still reads its files', () => {
  it('is carried out when its mailbox is there', async () => {
    const night = await aNight({ mailboxes: 3 });
    const running = night.start();
    const paused = await night.clock.until(running.engine.command({ do: 'pause', mailbox: 'user3' }));
    expect(paused).toEqual(OK);
    await night.clock.passes(HOUR);
    expect(night.mailbox('user3').state.kind).toBe('paused');
    expect(night.mailbox('user2').state.kind).toBe('synced');
    running.kill();
  });
});

describe('who waits', () => {
  it('is told its own turn at the middle of the stagger, as far as there are places', async () => {
    const night = await aNight({
      mailboxes: 5,
      mail,
      options: { stagger: { min: 60, max: 60 }, concurrency: 3 },
    });
    night.destination.goesWrong(when('APPEND', delay(HOUR), { times: 5 }));
    const running = night.start();
    await night.clock.passes(5_000);
    const at = (user: string) => {
      const { state } = entity(running, user);
      return state.kind === 'queued'
        ? [state.startsAt && Math.round((state.startsAt - night.clock.began) / 1000), reasonText(state.why)]
        : state.kind;
    };
    expect(at('user1')).toBe('copying');
    expect(at('user2')).toEqual([60, 'staggered start']);
    expect(at('user3')).toEqual([120, 'staggered start']);
    expect(at('user4')).toEqual([null, 'waits its turn, 3 at once']);
    expect(await ends(night, running)).toBe(0);
  });

  it('starts at once by order, without the stagger, and later when it is postponed', async () => {
    const night = await aNight({ mailboxes: 4, options: { stagger: { min: 600, max: 600 } } });
    const running = night.start();
    await night.clock.passes(1_000);
    expect(await running.engine.command({ do: 'start', mailbox: 'user4' })).toEqual(OK);
    expect(await running.engine.command({ do: 'postpone', mailbox: 'user2', seconds: 7_200 })).toEqual(OK);
    await night.clock.passes(2_000);
    expect(entity(running, 'user2').state).toMatchObject({ kind: 'queued', why: { key: 'postponed' } });
    expect(await running.engine.command({ do: 'start', mailbox: 'nobody' })).toMatchObject({ ok: false });
    expect(await ends(night, running)).toBe(0);
    const started = (user: string) => Math.round((night.mailbox(user).startedAt! - night.clock.began) / MINUTE);
    expect(night.users.map(started)).toEqual([0, 120, 10, 0]);
  });

  it('starts sooner when stagger and concurrency are changed, and nothing out of range is taken', async () => {
    const night = await aNight({ mailboxes: 4, options: { stagger: { min: 3600, max: 3600 }, concurrency: 1 } });
    const running = night.start();
    await night.clock.passes(1_000);
    for (const wrong of [
      { do: 'concurrency', most: 0 },
      { do: 'concurrency', most: 101 },
      { do: 'stagger', min: -1, max: 0 },
      { do: 'stagger', min: 9, max: 8 },
    ] as const)
      expect(await running.engine.command(wrong)).toMatchObject({ ok: false });
    expect(await running.engine.command({ do: 'concurrency', most: 4 })).toEqual(OK);
    expect(await running.engine.command({ do: 'stagger', min: 0, max: 0 })).toEqual(OK);
    expect(running.engine.status().batch).toMatchObject({ concurrency: 4, stagger: { min: 0, max: 0 } });
    expect(await ends(night, running)).toBe(0);
    expect(night.clock.now() - night.clock.began).toBeLessThan(HOUR);
  });

  it('in a rest is tried at once by order', async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] being repaired'), { times: 1 }));
    const running = night.start();
    await night.clock.passes(20_000);
    expect(entity(running, 'ann').state.kind).toBe('backing-off');
    expect(await running.engine.command({ do: 'start', mailbox: 'ann' })).toEqual(OK);
    expect(await ends(night, running)).toBe(0);
    expect(night.clock.now() - night.clock.began).toBeLessThan(2 * MINUTE);
  });
});

describe('a password that is asked for', () => {
  const wrongly = { accounts: { ann: { password: 'another' }, bob: { password: PASSWORD } } };

  it('is waited for while somebody is there to answer, and not any longer', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], destination: wrongly });
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(12 * HOUR);
    expect(entity(running, 'ann')).toMatchObject({ asksPassword: 'destination', state: { kind: 'held' } });
    expect(entity(running, 'bob').asksPassword).toBeNull();
    leave();
    expect(await ends(night, running)).toBe(3);
  });

  it('is taken as an answer: the mailbox goes on, and nothing that is written or told holds it', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], destination: wrongly, disk: 'real' });
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    const answered = { do: 'password', mailbox: 'ann', side: 'destination', secret: 'another' } as const;
    expect(await running.engine.command({ ...answered, secret: '' })).toMatchObject({ ok: false });
    expect(await running.engine.command({ ...answered, secret: 'not this one' })).toEqual(OK);
    await night.clock.passes(MINUTE);
    expect(entity(running, 'ann').asksPassword).toBe('destination');
    expect(await running.engine.command(answered)).toEqual(OK);
    await night.clock.passes(MINUTE);
    leave();
    await ends(night, running);
    expectSameMail(night, 'ann');
    expect(entity(running, 'ann').state.kind).toBe('synced');
    expect(JSON.stringify(night.events)).not.toMatch(/another|not this one/);
  });

  it('of one login for all serves all: those that were held because of it go on when it works', async () => {
    const shared = {
      get: async () => ({
        kind: 'password' as const,
        password: new (await import('../../../src/engine/imap/session/credentials.js')).Secret('outdated'),
      }),
      shared: () => true,
    };
    const night = await aNight({ mailboxes: 6, credentials: shared, options: { concurrency: 1 } });
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    expect(running.engine.status().batch.byState.held).toBe(6);
    const tries = night.source.sent('LOGIN').length + night.source.sent('AUTHENTICATE').length;
    expect(tries).toBeLessThanOrEqual(2);
    for (const side of ['source', 'destination'] as const)
      expect(await running.engine.command({ do: 'password', mailbox: 'user3', side, secret: PASSWORD })).toEqual(OK);
    await night.clock.passes(HOUR);
    leave();
    expect(await ends(night, running)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('of one login for all costs nobody the wait that a server named to it', async () => {
    let secret = PASSWORD;
    const shared: Credentials = {
      get: async () => ({ kind: 'password', password: new Secret(secret) }),
      shared: () => true,
    };
    const night = await aNight({ mailboxes: 5, credentials: shared, options: { stagger: { min: 60, max: 60 } } });
    const throttled = answer('NO Request is throttled. Suggested Backoff Time: 3600000 milliseconds');
    night.source.goesWrong(when('UID FETCH', throttled, { times: 1 }));
    const running = night.start();
    const leave = running.engine.attend();
    await night.clock.passes(30_000);
    const resting = entity(running, 'user1').state;
    expect(resting.kind).toBe('backing-off');
    secret = 'outdated';
    await night.clock.passes(10 * MINUTE);
    expect(running.engine.status().batch.byState.held).toBe(5);
    secret = PASSWORD;
    // The first two were each held alone: it was not yet known that the login is at fault.
    for (const mailbox of ['user2', 'user3']) await running.engine.command({ do: 'start', mailbox });
    await night.clock.passes(20 * MINUTE);
    expect(entity(running, 'user1')).toMatchObject({ state: resting, attempts: 1 });
    expect(running.engine.status().batch.byState.synced).toBe(4);
    leave();
    expect(await ends(night, running)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });
});

describe('what is told of a batch', () => {
  it('reaches every listener though another asked for the status in between', async () => {
    const night = await aNight();
    const running = night.start();
    const asking = setInterval(() => running.engine.status(), 0);
    expect(await ends(night, running)).toBe(0);
    clearInterval(asking);
    expect(night.mailbox('ann').state.kind).toBe('synced');
    expect(night.mailbox('ann').counts.left).toBe(0);
  });

  it('counts no rate of mailboxes that rest or have ended, and sums up what its mailboxes say', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], mail });
    night.destination.goesWrong(when('APPEND', delay(30_000), { account: 'bob' }));
    const running = night.start();
    await night.clock.passes(40_000);
    const { batch, mailboxes } = running.engine.status();
    expect(entity(running, 'ann').state.kind).toBe('synced');
    expect(entity(running, 'ann').rate).toEqual({ messages: 0, bytes: 0 });
    expect(batch.rate.messages).toBeCloseTo(mailboxes.reduce((sum, { rate }) => sum + rate.messages, 0));
    expect(batch.counts.copied).toBe(mailboxes.reduce((sum, { counts }) => sum + counts.copied, 0));
    expect(Object.values(batch.byState).reduce((sum, n) => sum + n)).toBe(2);
    expect(await ends(night, running)).toBe(0);
  });

  it('is refused an order when it has ended, and still answers what is asked', async () => {
    const night = await aNight();
    const running = night.start();
    expect(await ends(night, running)).toBe(0);
    for (const order of ['pause', 'continue'] as const)
      expect(await running.engine.command({ do: order, mailbox: null })).toEqual({
        ok: false,
        why: 'the batch has ended',
      });
    const answer = await running.engine.command({ do: 'log', lines: 2 });
    expect(answer.ok && answer.log?.length).toBeLessThanOrEqual(2);
    expect(await running.engine.command({ do: 'errors', mailbox: null })).toMatchObject({ ok: true });
  });
});

describe('a time window', () => {
  // The night begins at 22:00 UTC.
  const window = { from: 20 * 60, to: 22 * 60 + 1, zone: 'UTC' };

  it('lets mailboxes settle what is in flight when it closes, and go on where they stood when it opens again', async () => {
    const much = () => ({ INBOX: letters(120, 'letter', { bytes: 60_000 }) });
    const options = { memory, window, concurrency: 1 };
    const night = await aNight({ mailboxes: ['ann', 'bob'], mail: much, options });
    night.destination.goesWrong(slowly);
    const running = night.start();
    await night.clock.passes(30 * MINUTE);
    const { batch } = running.engine.status();
    expect(batch.closedUntil).toBe(night.clock.began + 22 * HOUR);
    expect(entity(running, 'ann').state).toMatchObject({ kind: 'queued', startsAt: batch.closedUntil });
    expect(entity(running, 'ann').counts.copied).toBeGreaterThan(0);
    expect(entity(running, 'bob').state).toMatchObject({ kind: 'queued', why: { key: 'window closed' } });
    expect(night.source.server.connections + night.destination.server.connections).toBe(0);
    expect(await running.engine.command({ do: 'start', mailbox: 'bob' })).toMatchObject({ ok: false });
    const connected = night.source.connectedAt.length;
    await night.clock.passes(21 * HOUR);
    expect(night.source.connectedAt.length).toBe(connected);
    expect(await ends(night, running)).toBe(0);
    expect(night.source.connectedAt[connected]).toBeGreaterThanOrEqual(night.clock.began + 22 * HOUR);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('can be changed while it is closed', async () => {
    const night = await aNight({ options: { window: { from: 0, to: 60, zone: 'UTC' } } });
    const running = night.start();
    await night.clock.passes(MINUTE);
    expect(entity(running, 'ann').state).toMatchObject({ kind: 'queued', why: { key: 'window closed' } });
    expect(await running.engine.command({ do: 'window', window: { from: 5, to: 5, zone: 'UTC' } })).toMatchObject({
      ok: false,
    });
    expect(await running.engine.command({ do: 'window', window: null })).toEqual(OK);
    expect(await ends(night, running)).toBe(0);
    expect(night.clock.now() - night.clock.began).toBeLessThan(HOUR);
  });
});
