import { describe, expect, it } from 'vitest';
import { answer, delay, when } from '../../../demo/server/index.js';
import { aNight, type Night, type NightOptions, type Running } from '../../support/night.js';
import { expectSameMail } from '../../support/same-mail.js';
import { HOUR, MINUTE } from '../../support/trouble.js';
import { ends, entity, mail, memory, OK, slowly } from './ordering.js';

const email = (user: string) => `${user}@night.example`;

describe('a pause', () => {
  it('of the batch closes all lines, lets nobody start, and ends when it is continued', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob', 'eve'], mail, options: { concurrency: 2, memory } });
    night.destination.goesWrong(slowly);
    const running = night.start();
    await night.clock.passes(10_000);
    expect(running.engine.status().batch.byState.copying).toBe(2);
    expect(await running.engine.command({ do: 'pause', mailbox: null })).toEqual(OK);
    await night.clock.passes(3 * HOUR);
    const { batch } = running.engine.status();
    expect([batch.state, batch.byState.paused, batch.byState.queued]).toEqual(['paused', 2, 1]);
    expect(entity(running, 'eve').state).toMatchObject({ kind: 'queued', why: { key: 'batch paused' } });
    expect(night.source.server.connections + night.destination.server.connections).toBe(0);
    expect(await running.engine.command({ do: 'pause', mailbox: null })).toMatchObject({ ok: false });
    expect(await running.engine.command({ do: 'start', mailbox: 'eve' })).toMatchObject({ ok: false });
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toEqual(OK);
    expect(await ends(night, running)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('of one mailbox leaves the others at work, and the batch does not end without it', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], mail, options: { memory } });
    night.destination.goesWrong(slowly);
    const running = night.start();
    await night.clock.passes(10_000);
    expect(await running.engine.command({ do: 'pause', mailbox: email('ann') })).toEqual(OK);
    await night.clock.passes(2 * HOUR);
    expect([entity(running, 'ann').state.kind, entity(running, 'bob').state.kind]).toEqual(['paused', 'synced']);
    expect(running.engine.status().batch.state).toBe('waiting');
    expect(await running.engine.command({ do: 'continue', mailbox: 'ann' })).toEqual(OK);
    expect(await running.engine.command({ do: 'continue', mailbox: 'bob' })).toMatchObject({ ok: false });
    expect(await ends(night, running)).toBe(0);
    expectSameMail(night, 'ann');
  });

  it.each([null, 'ann'])(
    'that is taken back while the lines are still being closed stops nothing (%s)',
    async (mailbox) => {
      const night = await aNight({ mail, options: { memory } });
      night.destination.goesWrong(slowly);
      const running = night.start();
      await night.clock.passes(10_000);
      await running.engine.command({ do: 'pause', mailbox });
      expect(entity(running, 'ann').state.kind).toBe('copying');
      expect(await running.engine.command({ do: 'continue', mailbox })).toEqual(OK);
      expect(await ends(night, running)).toBe(0);
      expectSameMail(night);
    },
  );

  it('of a mailbox that rests costs it none of the wait that a server named', async () => {
    const night = await aNight();
    const throttled = answer('NO Request is throttled. Suggested Backoff Time: 184000 milliseconds');
    night.source.goesWrong(when('UID FETCH', throttled, { times: 1 }));
    const running = night.start();
    await night.clock.passes(20_000);
    const resting = entity(running, 'ann').state;
    expect(resting.kind).toBe('backing-off');
    expect(await running.engine.command({ do: 'pause', mailbox: 'ann' })).toEqual(OK);
    await night.clock.passes(20_000);
    expect(await running.engine.command({ do: 'continue', mailbox: 'ann' })).toEqual(OK);
    expect(entity(running, 'ann').state).toEqual(resting);
    // And with the whole batch.
    expect(await running.engine.command({ do: 'pause', mailbox: null })).toEqual(OK);
    await night.clock.passes(20_000);
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toEqual(OK);
    await night.clock.passes(100_000);
    expect(entity(running, 'ann')).toMatchObject({ state: resting, attempts: 1 });
    expect(await ends(night, running)).toBe(0);
    expect(entity(running, 'ann').attempts).toBe(2);
  });

  describe.each([
    ['a wait that is named', 'Request is throttled. Suggested Backoff Time: 1840000 milliseconds', 30],
    ['a repair that takes minutes', '[UNAVAILABLE] Mailbox is being repaired', 4],
  ])('while its last message is answered with %s', (_, text, minutes) => {
    const answered = async (options: NightOptions = {}) => {
      const night = await aNight(options);
      night.destination.goesWrong(when('APPEND', delay(30_000, answer(`NO ${text}`)), { times: 1 }));
      const running = night.start();
      await night.clock.passes(10_000);
      return { night, running };
    };
    const waits = async (night: Night, running: Running) => {
      expect(entity(running, 'ann').state.kind).toBe('backing-off');
      await night.clock.passes((minutes - 2) * MINUTE);
      expect(entity(running, 'ann').attempts).toBe(1);
      expect(await ends(night, running)).toBe(0);
      expectSameMail(night);
    };

    it.each(['ann', null])('costs nothing of that wait (%s)', async (mailbox) => {
      const { night, running } = await answered();
      await running.engine.command({ do: 'pause', mailbox });
      await night.clock.passes(90_000);
      // A pause of the whole batch leaves those that rest where they are.
      expect(entity(running, 'ann').state.kind).toBe(mailbox === null ? 'backing-off' : 'paused');
      expect(await running.engine.command({ do: 'continue', mailbox })).toEqual(OK);
      await waits(night, running);
    });

    it.each(['ann', null])('and taken back at once costs nothing of that wait (%s)', async (mailbox) => {
      const { night, running } = await answered();
      await running.engine.command({ do: 'pause', mailbox });
      await running.engine.command({ do: 'continue', mailbox });
      await night.clock.passes(90_000);
      await waits(night, running);
    });

    it('by a window that closes costs nothing of that wait', async () => {
      const { night, running } = await answered({
        options: { window: { from: 20 * 60, to: 22 * 60 + 1, zone: 'UTC' } },
      });
      await running.engine.command({ do: 'window', window: { from: 0, to: 60, zone: 'UTC' } });
      await night.clock.passes(90_000);
      await running.engine.command({ do: 'window', window: null });
      await waits(night, running);
    });
  });

  it('of a mailbox that was postponed leaves it its time', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], options: { stagger: { min: 60, max: 60 } } });
    const running = night.start();
    await night.clock.passes(1_000);
    await running.engine.command({ do: 'postpone', mailbox: 'bob', seconds: 7_200 });
    await running.engine.command({ do: 'pause', mailbox: 'bob' });
    await night.clock.passes(HOUR);
    expect(await running.engine.command({ do: 'continue', mailbox: 'bob' })).toEqual(OK);
    await night.clock.passes(1_000);
    expect(entity(running, 'bob').state).toMatchObject({ kind: 'queued', why: { key: 'postponed' } });
    expect(await ends(night, running)).toBe(0);
    expect(Math.round((night.mailbox('bob').startedAt! - night.clock.began) / MINUTE)).toBe(120);
  });

  it('of one mailbox outlasts that of the batch', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob', 'eve'], mail, options: { memory } });
    night.destination.goesWrong(slowly);
    const running = night.start();
    await night.clock.passes(10_000);
    await running.engine.command({ do: 'pause', mailbox: 'bob' });
    await running.engine.command({ do: 'pause', mailbox: null });
    await night.clock.passes(HOUR);
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toEqual(OK);
    await night.clock.passes(HOUR);
    expect(night.users.map((user) => entity(running, user).state.kind)).toEqual(['synced', 'paused', 'synced']);
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toEqual({
      ok: false,
      why: 'the batch is not paused; continue by name what was paused alone (1 mailbox)',
    });
    expect(await running.engine.command({ do: 'continue', mailbox: 'bob' })).toEqual(OK);
    expect(await ends(night, running)).toBe(0);
  });

  it('of a mailbox that waits takes its turn away', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], options: { stagger: { min: 600, max: 600 } } });
    const running = night.start();
    await night.clock.passes(1_000);
    await running.engine.command({ do: 'pause', mailbox: 'bob' });
    await night.clock.passes(HOUR);
    expect(entity(running, 'bob').state.kind).toBe('paused');
    expect(await running.engine.command({ do: 'stop', how: 'drain', mailbox: null })).toEqual(OK);
    expect(await ends(night, running)).toBe(4);
    expect(entity(running, 'bob').state.kind).toBe('stopped');
  });
});

describe('a mailbox that is pausing', () => {
  const pausing = async (mailbox: string | null) => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], mail, options: { memory } });
    night.destination.goesWrong(slowly);
    const running = night.start();
    await night.clock.passes(10_000);
    expect(await running.engine.command({ do: 'pause', mailbox })).toEqual(OK);
    expect(entity(running, 'ann').state.kind).toBe('copying');
    return { night, running };
  };

  it.each(['ann', null])('is stopped when that is said, and goes on by no continue (%s)', async (mailbox) => {
    const { night, running } = await pausing(mailbox);
    expect(await running.engine.command({ do: 'stop', how: 'drain', mailbox: 'ann' })).toEqual(OK);
    expect(await running.engine.command({ do: 'pause', mailbox: 'ann' })).toEqual({
      ok: false,
      why: 'ann@night.example is being stopped',
    });
    await night.clock.passes(HOUR);
    expect(entity(running, 'ann')).toMatchObject({ state: { kind: 'stopped' }, attempts: 1 });
    expect(await running.engine.command({ do: 'continue', mailbox })).toMatchObject({ ok: mailbox === null });
    expect(await ends(night, running)).toBe(4);
    expect(entity(running, 'ann')).toMatchObject({ state: { kind: 'stopped' }, attempts: 1 });
    expect(entity(running, 'bob').state.kind).toBe('synced');
  });

  it('is stopped with the whole batch', async () => {
    const { night, running } = await pausing('ann');
    expect(await running.engine.command({ do: 'stop', how: 'drain', mailbox: null })).toEqual(OK);
    expect(await ends(night, running)).toBe(4);
    expect(night.users.map((user) => entity(running, user).state.kind)).toEqual(['stopped', 'stopped']);
  });
});
