import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answer, delay, when, whenMessage } from '../../../../demo/server/index.js';
import type { ActionRequest } from '../../../../src/words/decision.js';
import { aNight } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { expectSameMail } from '../../../support/same-mail.js';
import { HOUR, MINUTE } from '../../../support/trouble.js';
import { entity, inbox, RETRY, refusing } from './deciding.js';
import { attended, decide, SLOW, SLOWLY, told, until } from './in-trouble.js';

describe('a mailbox that is paused', () => {
  it('when the engine is killed does not keep one open that was opened to be looked at', async () => {
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob'] });
    night.destination.goesWrong(SLOWLY);
    const running = attended(night);
    await night.clock.passes(5_000);
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    await until(night, running, 'paused');
    await night.clock.passes(5_000);
    running.kill();
    const looked = night.start({ atRest: true });
    const leave = looked.engine.attend();
    await night.clock.passes(MINUTE);
    expect(entity(looked).state.kind).toBe('stopped');
    leave();
    expect(await night.clock.until(looked.done)).toBe(4);
  });

  it('stays so whatever is decided about its failures, and follows when it is continued', async () => {
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob'] });
    night.destination.goesWrong(...refusing(3, 7), SLOWLY);
    const running = attended(night);
    await night.clock.passes(12_000);
    await told(night, running, { do: 'pause', mailbox: 'bob' });
    await until(night, running, 'paused', 'bob');
    await until(night, running, 'synced');
    night.destination.goesWrong();
    await decide(night, running, RETRY);
    await night.clock.passes(MINUTE);
    expect(entity(running, 'bob').state.kind).toBe('paused');
    await told(night, running, { do: 'continue', mailbox: 'bob' });
    expect(await night.clock.until(running.done)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  /** Its rest is longer by now than any test waits. */
  const pausedInRest = async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = attended(night);
    await night.clock.passes(36 * MINUTE);
    const { attempts, state } = entity(running);
    expect(state.kind).toBe('backing-off');
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    return { night, running, attempts, state };
  };

  it('in a rest starts at once when it is continued, if a retry was decided meanwhile', async () => {
    const { night, running, attempts } = await pausedInRest();
    await decide(night, running, RETRY);
    await night.clock.passes(5_000);
    expect(entity(running)).toMatchObject({ state: { kind: 'paused' }, attempts });
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    await night.clock.passes(MINUTE);
    expect(entity(running).attempts).toBe(attempts + 1);
    running.kill();
  });

  it('in a rest goes on with it when it is continued, if a retry was decided for later', async () => {
    const { night, running, state } = await pausedInRest();
    await decide(night, running, { do: 'retry', afterSeconds: 20 * 3600, treatment: 'as-is' });
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(entity(running).state).toEqual(state);
    running.kill();
  });

  it('in a rest rests longer when it is continued, if that was decided meanwhile', async () => {
    const { night, running, attempts, state } = await pausedInRest();
    await decide(night, running, { do: 'backoff', factor: null, seconds: 7200 });
    const until = night.clock.now() + 2 * HOUR;
    expect(entity(running).state.kind).toBe('paused');
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(entity(running).state).toEqual({ ...state, until });
    await night.clock.passes(2 * HOUR - MINUTE);
    expect(entity(running).attempts).toBe(attempts);
    await night.clock.passes(2 * MINUTE);
    expect(entity(running).attempts).toBe(attempts + 1);
    running.kill();
  });

  it('and continued while that is still being written down is at work once', async () => {
    const night = await aNight({ ...SLOW, disk: 'real' });
    night.destination.goesWrong(SLOWLY);
    const running = attended(night);
    await night.clock.passes(2_000);
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    const passed = night.clock.passes(2 * MINUTE);
    while (entity(running).state.kind !== 'paused') await setImmediate();
    const continued = await running.engine.command({ do: 'continue', mailbox: 'ann' });
    expect(continued).toEqual({ ok: true });
    await passed;
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
    const { passes } = (await night.record()).data;
    expect(passes).toHaveLength(2);
    expect(passes[0]?.endedAt).not.toBeNull();
  });
});

describe('a mailbox that is paused in its last moments', () => {
  /** One letter is refused, the others are stored and being read back when the pause comes. */
  const inItsLastMoments = async () => {
    const night = await aNight(inbox(5));
    night.destination.goesWrong(...refusing(3), when('UID FETCH', delay(MINUTE)));
    const running = attended(night);
    await night.clock.passes(30_000);
    expect(entity(running)).toMatchObject({ state: { kind: 'verifying' }, errors: 1 });
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    return { night, running };
  };

  it('comes to its end, and takes a decision then as any other', async () => {
    const { night, running } = await inItsLastMoments();
    await until(night, running, 'synced');
    const continued = await running.engine.command({ do: 'continue', mailbox: 'ann' });
    expect(continued).toEqual({ ok: false, why: 'ann@night.example is not paused: it is synced' });
    night.destination.goesWrong();
    await decide(night, running, RETRY);
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });

  it('stays paused at its end if something was decided before that', async () => {
    const { night, running } = await inItsLastMoments();
    night.destination.goesWrong();
    await decide(night, running, RETRY);
    await night.clock.passes(HOUR);
    expect(entity(running)).toMatchObject({ state: { kind: 'paused' }, attempts: 1 });
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });
});

describe('a mailbox whose rest is still being written down', () => {
  const resting = async () => {
    const night = await aNight({ ...inbox(4), disk: 'real' });
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = attended(night);
    const passed = night.clock.passes(2_000);
    while (running.engine.status().mailboxes[0]?.state.kind !== 'backing-off') await setImmediate();
    return { night, running, passed };
  };

  it('is paused when that is said', async () => {
    const { night, running, passed } = await resting();
    expect(await running.engine.command({ do: 'pause', mailbox: 'ann' })).toEqual({ ok: true });
    await passed;
    await night.clock.passes(HOUR);
    expect(entity(running)).toMatchObject({ state: { kind: 'paused' }, attempts: 1 });
    night.source.isWell();
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('is stopped when that is said', async () => {
    const { night, running, passed } = await resting();
    expect(await running.engine.command({ do: 'stop', mailbox: 'ann', how: 'drain' })).toEqual({ ok: true });
    await passed;
    await night.clock.passes(HOUR);
    expect(entity(running)).toMatchObject({ state: { kind: 'stopped' }, attempts: 1 });
    running.kill();
  });
});

describe('a retry in a mailbox that is held', () => {
  it('tries what was selected and what was never tried, and nothing else that was refused', async () => {
    const night = await aNight(inbox(40));
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Message contains a virus')));
    const running = attended(night);
    await until(night, running, 'held');
    expect(entity(running).counts).toMatchObject({ failed: 25, left: 15 });
    night.destination.goesWrong();
    const { shown } = await decide(night, running, RETRY, { uids: '7' });
    expect(shown).toMatchObject({ uids: 1, releases: ['ann@night.example'] });
    await until(night, running, 'synced');
    expect(entity(running).counts).toMatchObject({ copied: 16, failed: 24, left: 0 });
    running.kill();
  });
});

describe('a retry after a time', () => {
  const LATER: ActionRequest = { do: 'retry', afterSeconds: 7200, treatment: 'as-is' };

  it('keeps nobody from its turn', async () => {
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob'], options: { ...SLOW.options, concurrency: 1 } });
    night.destination.goesWrong(...refusing(3));
    expect(await night.run()).toBe(3);
    night.source.fill('ann', { Work: letters(40, 'new', { bytes: 60_000 }) });
    night.source.fill('bob', { INBOX: letters(10, 'new') });
    night.destination.goesWrong(...refusing(3), SLOWLY);
    const running = attended(night);
    await night.clock.passes(10_000);
    expect(entity(running, 'bob').state.kind).toBe('queued');
    const before = entity(running, 'bob').counts.copied;
    await decide(night, running, LATER, { filter: 'mailbox:bob@*' });
    night.destination.goesWrong(...refusing(3));
    await night.clock.passes(10 * MINUTE);
    expect(entity(running, 'bob').counts.copied - before).toBe(10);
    night.destination.goesWrong();
    await night.clock.passes(2 * HOUR);
    expectSameMail(night, 'bob');
    running.kill();
  });

  it('lets no mailbox rest until then', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    expect(await night.run()).toBe(3);
    night.source.fill('ann', { INBOX: letters(5, 'new') });
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = attended(night);
    await night.clock.passes(10_000);
    const { state } = entity(running);
    expect(state.kind).toBe('backing-off');
    await decide(night, running, LATER, { filter: 'code:CANNOT' });
    expect(entity(running).state).toEqual(state);
    night.source.goesWrong();
    await night.clock.passes(10 * MINUTE);
    expect(entity(running).counts).toMatchObject({ copied: 14, failed: 1 });
    running.kill();
  });
});

describe('a raised backoff', () => {
  it('lets nothing rest over a day', async () => {
    const night = await aNight();
    night.source.goesWrong(
      when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired, try again in 20 hours')),
    );
    const running = attended(night);
    await night.clock.passes(MINUTE);
    await decide(night, running, { do: 'backoff', factor: 100, seconds: null });
    const until = night.clock.now() + 24 * HOUR;
    expect(entity(running).state).toMatchObject({ kind: 'backing-off', until });
    running.kill();
  });
});
