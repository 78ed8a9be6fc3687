import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_HABITS, type Throttle } from '../../../src/engine/rehearsal/habits/habits.js';
import type { Budget } from '../../../src/store/batch/limits.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import { aPlayedNight, BEGINS, doneAfter, HOUR, MINUTE, PLAIN, plainLuck, play, playPlainly } from './a-rehearsal.js';

const DAY = 24 * HOUR;
const THROTTLED = { side: 'source', kind: 'throttled', scope: 'mailbox', rule: 'throttled', during: 'work' } as const;
const budget = (budget: Budget) => ({ limits: { ...NO_LIMITS, budgets: [budget] } });

it('has as many at work as are allowed, and the others wait for a place', () => {
  const played = playPlainly({ messages: [100, 200, 100], options: { concurrency: 2 } });
  expect(doneAfter(played)).toEqual([1, 2, 2]);
  expect(played[2]!.waited).toEqual([{ why: { key: 'place', concurrency: 2 }, ms: MINUTE }]);
  expect(played[2]!.stretches.map(({ kind }) => kind)).toEqual(['waits', 'works']);
});

it('keeps first starts apart by the stagger', () => {
  const played = playPlainly({ messages: [100, 100, 100], options: { stagger: { min: 600, max: 600 } } });
  expect(doneAfter(played)).toEqual([1, 11, 21]);
  expect(played[2]!.waited[0]).toMatchObject({ why: { key: 'stagger' } });
});

it('starts the largest first where that is asked for, and those that nobody counted last', () => {
  const options = { concurrency: 1, order: 'size' } as const;
  const played = playPlainly({
    messages: [100, 300, 200],
    options,
    loads: (load, at) => (at === 0 ? { ...load, messages: 400, known: 'guessed' } : load),
  });
  expect(doneAfter(played)).toEqual([9, 3, 5]);
});

it('stops where the window closes, and goes on where it stopped when it opens', () => {
  const window = { from: 20 * 60, to: 21 * 60, zone: 'UTC' };
  const [one] = playPlainly({ messages: [15_000], options: { window } });
  expect(one!.doneAt).toBe(BEGINS + 2 * DAY + 30 * MINUTE);
  expect(
    one!.stretches.filter(({ kind }) => kind === 'waits').map((stretch) => 'why' in stretch && stretch.why),
  ).toEqual([{ key: 'window closed' }, { key: 'window closed' }]);
});

it('rests where an allowance of the day is used up, and says which', () => {
  const most = 10_000_000;
  const [one] = playPlainly({ messages: [2_500], source: budget({ of: 'account', unit: 'bytes', most }) });
  const rests = one!.stretches.filter(({ kind }) => kind === 'rests');
  expect(rests.map((stretch) => 'why' in stretch && stretch.why)).toEqual([
    { key: 'allowance', side: 'source', of: 'account', unit: 'bytes', most },
    { key: 'allowance', side: 'source', of: 'account', unit: 'bytes', most },
  ]);
  expect(one!.doneAt! - BEGINS).toBeGreaterThan(2 * DAY);
  expect(one!.doneAt! - BEGINS).toBeLessThan(2 * DAY + HOUR);
});

it('counts what was moved earlier today', () => {
  const most = 10_000_000;
  const night = aPlayedNight({ messages: [500], source: budget({ of: 'account', unit: 'bytes', most }) });
  const spent = [{ from: BEGINS - HOUR, bytes: 8_000_000, messages: 800 }];
  const [free] = play(night, plainLuck());
  const [rests] = play({ ...night, spent: new Map([['user1 at localhost:143, read from', spent]]) }, plainLuck());
  expect(doneAfter([free!])).toEqual([5]);
  expect(rests!.doneAt! - BEGINS).toBeGreaterThan(23 * HOUR - 15 * MINUTE);
});

it('shares an allowance of the whole endpoint', () => {
  const most = 10_000_000;
  const played = playPlainly({ messages: [600, 600], source: budget({ of: 'endpoint', unit: 'bytes', most }) });
  const byNight = played.filter(({ doneAt }) => doneAt! < BEGINS + 12 * HOUR);
  expect(byNight.length).toBeLessThan(2);
  expect(played.every(({ doneAt }) => doneAt! < BEGINS + 26 * HOUR)).toBe(true);
});

it('has no more connections than the server is known to bear', () => {
  const limits = { ...NO_LIMITS, profile: { name: null, overrides: { connectionsOfAddress: 1 } } };
  const played = playPlainly({ messages: [100, 100, 100], source: { limits } });
  expect(doneAfter(played)).toEqual([1, 2, 3]);
  expect(played[2]!.waited).toEqual([
    { why: { key: 'endpoint full', side: 'source', connections: 1 }, ms: 2 * MINUTE },
  ]);
});

it('shares the rate of an endpoint', () => {
  // Two mailboxes of 1 MB, each of which would take a minute; the line takes two minutes for both.
  const limits = { ...NO_LIMITS, rate: Math.round(2_000_000 / 120) };
  expect(doneAfter(playPlainly({ messages: [100, 100], source: { limits } }))).toEqual([2, 2]);
  expect(doneAfter(playPlainly({ messages: [100, 100], source: { limits: { ...limits, rate: 1e6 } } }))).toEqual([
    1, 1,
  ]);
});

it('rests as servers were seen to ask, and pays for each start', () => {
  const refusal = { ...THROTTLED, waitSeconds: 600 };
  const habits = { ...NO_HABITS, chance: { every: 30_000, refusals: [refusal] } };
  const [one] = playPlainly({ messages: [1_000] }, plainLuck({ ...PLAIN, perStart: 6_000 }, { habits }));
  const asked = one!.stretches.filter((stretch) => stretch.kind === 'rests' && stretch.why.key === 'asked to rest');
  expect(asked.length).toBeGreaterThan(5);
  const took = 10 + asked.length * 10 + (asked.length + 1) / 10;
  expect(Math.abs(doneAfter([one!])[0]! - took)).toBeLessThanOrEqual(1);
});

const throttleOf = (more: Partial<Throttle>): Throttle => ({
  refusal: THROTTLED,
  counts: 'messages',
  served: [100],
  renews: { since: 'first served', least: 5 * MINUTE, most: 5 * MINUTE, likely: 5 * MINUTE },
  names: 'the wait',
  ...more,
});
const throttled = (messages: number, more: Partial<Throttle> = {}) => {
  const habits = { ...NO_HABITS, throttle: throttleOf(more) };
  return playPlainly({ messages: [messages] }, plainLuck(PLAIN, { habits }))[0]!;
};

it('is served so much in a window, and rests until the next where the server says when that is', () => {
  const one = throttled(250);
  expect(doneAfter([one])).toEqual([11]);
  expect(one.stretches.map(({ kind, from, to }) => [kind, Math.round((to - from) / MINUTE)])).toEqual([
    ['works', 1],
    ['rests', 4],
    ['works', 1],
    ['rests', 4],
    ['works', 1],
  ]);
});

it('tries in vain at the pace of the engine where the server does not say when', () => {
  const one = throttled(150, { names: 'no wait' });
  const rests = one.stretches.filter(({ kind }) => kind === 'rests');
  expect(rests.length).toBeGreaterThan(1);
  for (const { from, to } of rests) expect(to - from).toBeGreaterThanOrEqual(15_000);
  const [last] = one.stretches.slice(-1);
  expect(last!.from - BEGINS).toBeGreaterThanOrEqual(5 * MINUTE);
});

it('is not throttled by a server that serves more in a window than a mailbox takes', () => {
  expect(doneAfter([throttled(400, { served: [600] })])).toEqual([4]);
});

it('goes without connections that the server refuses, and comes back where it has none', () => {
  const habits = { ...NO_HABITS, connections: { source: 1 } };
  const played = playPlainly({ messages: [300, 100] }, plainLuck(PLAIN, { habits }));
  expect(doneAfter(played)[0]).toBe(3);
  expect(doneAfter(played)[1]!).toBeGreaterThanOrEqual(4);
});

it('starts the mailboxes of each source by its own stagger', () => {
  const played = playPlainly({
    messages: [100, 100, 100, 100],
    options: { stagger: { min: 600, max: 600 } },
    change: (batch) => ({
      ...batch,
      others: { ...batch.others, source: { second: { ...batch.source, host: 'second.example' } } },
      mailboxes: batch.mailboxes.map((row, at) =>
        at < 2 ? row : { ...row, at: { source: 'second', destination: null } },
      ),
    }),
  });
  expect(doneAfter(played)).toEqual([1, 11, 1, 11]);
});

it('does all the work there is, no sooner than it can be done, whatever the night is like', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 300 }),
      fc.option(fc.integer({ min: 1_000_000, max: 20_000_000 })),
      fc.boolean(),
      (messages, concurrency, gap, most, hasWindow) => {
        const played = playPlainly({
          messages,
          options: {
            concurrency,
            stagger: { min: gap, max: gap },
            window: hasWindow ? { from: 20 * 60, to: 23 * 60, zone: 'UTC' } : null,
          },
          source: most === null ? {} : budget({ of: 'account', unit: 'bytes', most }),
        });
        const least = messages.map((many) => many * PLAIN.perMessage);
        for (const [at, { doneAt, stretches }] of played.entries()) {
          expect(doneAt).not.toBeNull();
          const worked = stretches
            .filter(({ kind }) => kind === 'works')
            .reduce((sum, one) => sum + one.to - one.from, 0);
          expect(worked).toBeGreaterThanOrEqual(least[at]! * 0.999 - 50);
          // It is always somewhere, and at one place at a time.
          const inOrder = stretches.every(
            (one, index) => one.from >= (stretches[index - 1]?.to ?? BEGINS) && one.to > one.from,
          );
          expect(inOrder).toBe(true);
        }
        const all = least.reduce((sum, ms) => sum + ms, 0);
        const end = Math.max(...played.map(({ doneAt }) => doneAt!));
        expect(end - BEGINS).toBeGreaterThanOrEqual(all / concurrency - 50 * messages.length);
      },
    ),
    { numRuns: 60 },
  );
});
