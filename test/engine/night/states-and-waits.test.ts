import { describe, expect, it } from 'vitest';
import { answer, bye, delay, when, whenConnected } from '../../../demo/server/index.js';
import { aNight, type Night } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { during, HOUR, MINUTE } from '../../support/trouble.js';

/** Minutes between the attempts on a mailbox, by when it was listed at the source. */
function rests(night: Night, user: string): number[] {
  const at = night.source.sent('LIST', user).map(({ when }) => when);
  return at.slice(1).map((time, i) => Math.round((time - at[i]!) / MINUTE));
}

describe('a source in repair for 40 minutes', () => {
  const options = { mailboxes: ['ann', 'bob', 'eve'] };

  it('is asked after 5, 10, 20 and 30 minutes, and the other mailboxes end when they would have', async () => {
    const undisturbed = await aNight(options);
    await undisturbed.run();
    const night = await aNight(options);
    night.source.goesWrong(
      during(
        night.clock,
        0,
        40 * MINUTE,
        when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired, try again later'), { account: 'ann' }),
      ),
    );
    expect(await night.run()).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
    expect(rests(night, 'ann')).toEqual([5, 10, 20, 30]);
    for (const user of ['bob', 'eve']) {
      expect(night.mailbox(user).endedAt).toBe(undisturbed.mailbox(user).endedAt);
      expect(night.mailbox(user).attempts).toBe(1);
    }
  });
});

describe('a failure that is tried again', () => {
  const inRepair = when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired, try again later'));
  const told = (night: Night) => night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));

  it('stands open all the while, since when it began and as often as it happened, and is gone at the end', async () => {
    const night = await aNight();
    const began = night.clock.now();
    night.source.goesWrong(inRepair);
    const first = night.start();
    await night.clock.passes(20 * MINUTE);
    expect(await night.errors()).toMatchObject([{ command: 'EXAMINE', times: 3 }]);
    first.kill();
    const second = night.start();
    await night.clock.passes(MINUTE);
    const [entry] = await night.errors();
    expect(entry?.times).toBe(4);
    expect((entry?.firstAt ?? 0) - began).toBeLessThan(MINUTE);
    expect(night.mailbox('ann').errors).toBe(1);
    const since = told(night).findIndex(({ errors }) => errors > 0);
    expect(
      new Set(
        told(night)
          .map(({ errors }) => errors)
          .slice(since),
      ),
    ).toEqual(new Set([1]));
    night.source.goesWrong();
    expect(await night.clock.until(second.done)).toBe(0);
    expect(await night.errors()).toEqual([]);
  });

  it('is over as far as can be seen when messages arrive, and goes on counting when it comes back', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(40) }), destination: { without: ['MULTIAPPEND'] } });
    const began = night.clock.now();
    night.destination.goesWrong(
      when('APPEND', bye('Internal error'), { nth: 10 }),
      when('APPEND', bye('Internal error'), { nth: 20 }),
      when('APPEND', delay(MINUTE)),
    );
    const running = night.start();
    await night.clock.passes(15 * MINUTE);
    expect(night.mailbox('ann')).toMatchObject({ state: { kind: 'copying' }, errors: 0 });
    const isBye = { times: 2, sample: '* BYE Internal error' };
    for (let s = 0; s < 900 && night.mailbox('ann').errors === 0; s++) await night.clock.passes(1000);
    const [entry] = await night.errors();
    expect(entry).toMatchObject(isBye);
    expect((entry?.lastAt ?? 0) - (entry?.firstAt ?? 0)).toBeGreaterThan(9 * MINUTE);
    expect((entry?.firstAt ?? 0) - began).toBeLessThan(11 * MINUTE);
    expect(await night.clock.until(running.done)).toBe(0);
    expect(await night.errors()).toEqual([]);
  });
});

describe('a destination that is read-only for a cutover', () => {
  it('is waited for, and the copy goes on where it stood', async () => {
    const night = await aNight();
    night.destination.goesWrong(
      during(night.clock, 0, 25 * MINUTE, when('APPEND', answer('NO [READ-ONLY] Mailbox is read-only'))),
    );
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(rests(night, 'ann')).toEqual([5, 10, 20]);
    expect((await night.errors()).filter(({ verdict }) => verdict.next !== 'note')).toEqual([]);
  });
});

describe('a server that names a wait', () => {
  it.each(['source', 'destination'] as const)('is obeyed (%s)', async (side) => {
    const night = await aNight();
    const throttled = answer('NO Request is throttled. Suggested Backoff Time: 660000 milliseconds');
    night[side].goesWrong(when(side === 'source' ? 'UID FETCH' : 'APPEND', throttled, { times: 1 }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(rests(night, 'ann')).toEqual([11]);
  });
});

describe('a maintenance that lasts all night', () => {
  it('is probed every half hour, asks for the operator after one, and ends twelve hours later by itself', async () => {
    const night = await aNight();
    night.source.goesWrong(
      during(night.clock, 0, 12 * HOUR, whenConnected(bye('[UNAVAILABLE] Down for scheduled maintenance'))),
    );
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    const hours = (night.clock.now() - night.clock.began) / HOUR;
    expect(hours).toBeGreaterThanOrEqual(12);
    expect(hours).toBeLessThan(12.6);
    const asked = night.log.filter(({ level }) => level === 'error');
    expect(asked).toHaveLength(1);
    // Tried after 35 minutes, and again after 65.
    expect(asked[0]!.at - night.clock.began).toBe(HOUR + 5 * MINUTE);
    expect(asked[0]!.text).toContain('First failure: 2026-01-15 22:00:00 UTC');
    expect(asked[0]!.text).toContain('Response: * BYE [UNAVAILABLE] Down for scheduled maintenance');
  });
});

describe('many mailboxes', () => {
  it('twenty at once arrive, each in its own place', async () => {
    const night = await aNight({ mailboxes: 20 });
    expect(await night.run()).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('start for the first time 60 to 90 seconds apart, and all at once on a resume', async () => {
    const night = await aNight({ mailboxes: 8, options: { stagger: { min: 60, max: 90 } } });
    const starts = () => night.users.map((user) => night.source.sent('LIST', user)[0]!.when);
    expect(await night.run()).toBe(0);
    const first = starts();
    for (let i = 1; i < first.length; i++) {
      const gap = (first[i]! - first[i - 1]!) / 1000;
      expect(gap).toBeGreaterThanOrEqual(60);
      expect(gap).toBeLessThanOrEqual(90);
    }
    expect(new Set(first.slice(1).map((at, i) => at - first[i]!)).size).toBeGreaterThan(3);
    night.source.forget();
    expect(await night.run()).toBe(0);
    expect(new Set(starts()).size).toBe(1);
  });

  it('are at work no more than allowed at one time', async () => {
    const night = await aNight({ mailboxes: 9, options: { concurrency: 3 }, source: { latencyMs: 20 } });
    expect(await night.run()).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
    const atWork = night.events.flatMap((event) => {
      if (event.type !== 'batch') return [];
      const { connecting, scanning, copying, verifying } = event.batch.byState;
      return [connecting + scanning + copying + verifying];
    });
    expect(Math.max(...atWork)).toBe(3);
  });

  it('go on beside one whose rest is long', async () => {
    const night = await aNight({ mailboxes: 3, options: { concurrency: 1 } });
    night.source.goesWrong(
      during(
        night.clock,
        0,
        20 * MINUTE,
        when('EXAMINE', answer('NO [INUSE] Mailbox is being repaired'), { account: 'user1' }),
      ),
    );
    expect(await night.run()).toBe(0);
    expect(night.mailbox('user3').endedAt! - night.clock.began).toBeLessThan(MINUTE);
  });
});

describe('a cramped server', () => {
  it.each(['source', 'destination'] as const)('with one connection a user is done with one (%s)', async (side) => {
    const night = await aNight({ [side]: { connectionsPerUser: 1 } });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.mailbox('ann').attempts).toBe(1);
  });

  it('on both sides, that also wants to be waited for with each literal', async () => {
    const night = await aNight({
      source: { connectionsPerUser: 1 },
      destination: { connectionsPerUser: 1, without: ['LITERAL+', 'UIDPLUS'] },
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('an order to stop', () => {
  const options = {
    options: { memory: 200_000 },
    mail: () => ({ INBOX: letters(600, 'many', { bytes: 2000 }), Work: letters(300, 'work') }),
  };

  it.each(['drain', 'now'] as const)(
    '(%s) ends the run before its end, and a resume copies the rest, once',
    async (how) => {
      const night = await aNight(options);
      const running = night.start();
      let stopped = false;
      night.destination.watch((event) => {
        if (event.at !== 'message' || event.index !== 30 || stopped) return;
        stopped = true;
        void running.engine.command({ do: 'stop', how, mailbox: null });
      });
      expect(await night.clock.until(running.done)).toBe(4);
      const there = night.destination.account('ann').folder('INBOX').messages.length;
      expect(there).toBeLessThan(600);
      expect(night.mailbox('ann').state.kind).toBe('stopped');
      if (how === 'drain') expect((await night.ledger('INBOX')).counts().paired).toBe(there);
      expect(await night.run()).toBe(0);
      expectSameMail(night);
      expect(night.failures).toEqual([]);
    },
  );

  it('of one mailbox leaves the others at work', async () => {
    const night = await aNight({ ...options, mailboxes: ['ann', 'bob'] });
    const running = night.start();
    let stopped = false;
    night.destination.watch((event) => {
      if (event.at !== 'message' || event.account !== 'ann' || stopped) return;
      stopped = true;
      void running.engine.command({ do: 'stop', how: 'now', mailbox: 'ann@night.example' });
    });
    expect(await night.clock.until(running.done)).toBe(4);
    expect(night.mailbox('ann').state.kind).toBe('stopped');
    expect(night.mailbox('bob').state.kind).toBe('synced');
    expectSameMail(night, 'bob');
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann');
  });
});
