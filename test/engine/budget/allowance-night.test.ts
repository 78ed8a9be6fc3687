import { expect, it } from 'vitest';
import { DailyLock } from '../../../demo/server/index.js';
import { reasonText } from '../../../src/words/reason-text.js';
import { aNight, type Night } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { HOUR } from '../../support/trouble.js';

const MB = 1024 ** 2;
const DAY = 24 * HOUR;

/** A source that locks an account above 20 MB in 24 hours, and a batch that knows. */
async function aMeteredNight(more: Parameters<typeof aNight>[0] = {}): Promise<readonly [Night, DailyLock]> {
  const limits = {
    profile: { name: null, overrides: {} },
    budgets: [{ of: 'account', unit: 'bytes', most: 20 * MB } as const],
    rate: null,
  };
  const night = await aNight({
    mail: () => ({ INBOX: letters(60, 'in', { bytes: 0.5 * MB }), Archive: letters(40, 'arch', { bytes: 0.5 * MB }) }),
    endpoints: { source: { limits } },
    ...more,
  });
  const lock = new DailyLock(night.clock, 20 * MB);
  night.source.goesWrong(lock.hook);
  return [night, lock];
}

it('without a budget the account is locked, and no attempt is made within the hour after that', async () => {
  const [night, lock] = await aMeteredNight({ endpoints: {} });
  const running = night.start();
  await night.clock.passes(0.9 * HOUR);
  expect(lock.lockedAt).toHaveLength(1);
  expect(night.mailbox('ann').state).toMatchObject({ kind: 'backing-off', because: { code: 'OVERQUOTA' } });
  expect(night.source.sent('LOGIN').length + night.source.sent('AUTHENTICATE').length).toBeLessThanOrEqual(2);
  running.kill();
});

it('moves 50 MB at 20 MB a day in three days, and the account is never locked', async () => {
  const [night, lock] = await aMeteredNight();
  const began = night.clock.now();
  expect(await night.run()).toBe(0);
  expectSameMail(night, 'ann');
  expect(lock.lockedAt).toEqual([]);
  expect(lock.most).toBeGreaterThan(19 * MB);
  const took = night.clock.now() - began;
  expect(took).toBeGreaterThan(2 * DAY);
  expect(took).toBeLessThan(2 * DAY + 2 * HOUR);
  // One login a day and side for the first connections: nobody asks meanwhile.
  expect(night.mailbox('ann').attempts).toBe(3);
  expect(await night.errors()).toEqual([]);
});

it('says what it waits for and until when, in state and log, and tells the end of days from the first one on', async () => {
  const [night] = await aMeteredNight({ speed: { source: 500_000 } });
  const began = night.clock.now();
  const running = night.start();
  await night.clock.passes(HOUR);
  const { state } = night.mailbox('ann');
  if (state.kind !== 'backing-off') throw new Error(state.kind);
  expect(reasonText(state.because)).toBe('source: allowance of 20.0 MB a day used up');
  expect(state.until - began).toBeGreaterThan(DAY);
  expect(state.until - began).toBeLessThan(DAY + HOUR);
  expect(night.log.map(({ text }) => text)).toContain('allowance of 20.0 MB a day used up, goes on 16 Jan 22:15');
  const { eta } = running.engine.status().batch;
  expect(Math.abs((eta ?? 0) - began - 2 * DAY)).toBeLessThan(6 * HOUR);
  running.kill();
});

it('is kept through a kill in the middle and a restart at once', async () => {
  const [night, lock] = await aMeteredNight();
  const began = night.clock.now();
  const first = night.start();
  let killed = false;
  night.source.watch((event) => {
    if (!killed && event.at === 'row' && event.uid === 25 && event.items.includes('BODY[]')) {
      killed = true;
      first.kill();
    }
  });
  await night.clock.passes(HOUR);
  expect(killed).toBe(true);
  // Messages that were copied before the kill are found again: nothing of it is read a second time but what was under way.
  expect(await night.run()).toBe(0);
  expectSameMail(night, 'ann');
  expect(lock.lockedAt).toEqual([]);
  expect(night.clock.now() - began).toBeLessThan(3 * DAY + 2 * HOUR);
});

it('counts what an earlier batch of the workspace moved today, and logs in to nobody for whom nothing is left', async () => {
  const [night, lock] = await aMeteredNight();
  const first = night.start();
  await night.clock.passes(HOUR);
  first.kill();
  night.source.forget();
  const second = night.start();
  await night.clock.passes(HOUR);
  expect(night.mailbox('ann').state.kind).toBe('backing-off');
  // It may see that a little is left, and that the next message is more than that: no more than one look.
  expect(night.source.connectedAt.length).toBeLessThanOrEqual(2);
  expect(lock.lockedAt).toEqual([]);
  second.kill();
});

it('sends a message that is larger than the whole allowance alone, on a day of its own', async () => {
  const limits = {
    profile: { name: null, overrides: {} },
    budgets: [{ of: 'account', unit: 'bytes', most: 2 * MB } as const],
    rate: null,
  };
  const night = await aNight({
    mail: () => ({ INBOX: [letter('small'), letter('huge', { bytes: 5 * MB }), letter('last')] }),
    endpoints: { destination: { limits } },
  });
  const began = night.clock.now();
  expect(await night.run()).toBe(0);
  expectSameMail(night, 'ann');
  expect(night.clock.now() - began).toBeGreaterThan(2 * DAY);
  expect(night.mailbox('ann').attempts).toBe(3);
});

it('shares the allowance of an endpoint among all mailboxes', async () => {
  const limits = {
    profile: { name: null, overrides: {} },
    budgets: [{ of: 'endpoint', unit: 'messages', most: 10 } as const],
    rate: null,
  };
  const night = await aNight({ mailboxes: 3, mail: () => ({ INBOX: letters(6) }), endpoints: { source: { limits } } });
  const began = night.clock.now();
  const running = night.start();
  await night.clock.passes(2 * HOUR);
  const { counts } = running.engine.status().batch;
  expect(counts.copied).toBe(10);
  await night.clock.until(running.done);
  for (const user of night.users) expectSameMail(night, user);
  expect(night.clock.now() - began).toBeLessThan(DAY + HOUR);
});
