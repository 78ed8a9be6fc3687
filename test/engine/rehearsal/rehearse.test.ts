import { expect, it } from 'vitest';
import { middleLuck } from '../../../src/engine/rehearsal/draws.js';
import { rehearse } from '../../../src/engine/rehearsal/rehearse.js';
import { whatHelps } from '../../../src/engine/rehearsal/what-helps.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import { A_PACE, type ANight, aPlayedNight, BEGINS, HOUR, MINUTE, play, unbroken } from './a-rehearsal.js';

const asked = { draws: 40, seed: 3, slices: unbroken() };
const rehearsed = (night: ANight, by: number | null, pace = A_PACE) =>
  rehearse(aPlayedNight(night), pace, { ...asked, by });

const TEN = Array.from({ length: 10 }, () => 6_000);

it('says how many are done by the hour, between which numbers, and when the last one is', async () => {
  const night = { messages: TEN, options: { concurrency: 2 } };
  const by = BEGINS + 4.5 * HOUR;
  const { doneBy, end, late } = await rehearsed(night, by);
  expect(doneBy).toMatchObject({ middle: 8 });
  expect(doneBy!.from).toBeLessThan(8);
  expect(doneBy!.to).toBeGreaterThan(8);
  expect(end.middle).toBe(BEGINS + 5 * HOUR);
  expect(end.from!).toBeLessThan(end.middle!);
  expect(end.to!).toBeGreaterThan(end.middle!);
  expect(late.map(({ because, mailboxes }) => [because, mailboxes.length])).toEqual([
    [{ key: 'place', concurrency: 2 }, 2],
  ]);
});

it('gives the same answer to the same seed', async () => {
  const night = { messages: TEN, options: { concurrency: 3, stagger: { min: 60, max: 90 } } };
  const by = BEGINS + 4 * HOUR;
  expect(await rehearsed(night, by)).toEqual(await rehearsed(night, by));
});

it('is less sure of mailboxes that nobody looked into', async () => {
  const widthOf = async (known: 'counted' | 'guessed') => {
    const { end } = await rehearsed({ messages: TEN, loads: (load) => ({ ...load, known }) }, null);
    return end.to! - end.from!;
  };
  expect(await widthOf('guessed')).toBeGreaterThan(2 * (await widthOf('counted')));
});

it('is less sure where more are at work at once than were measured', async () => {
  const widthOf = async (atOnce: number) => {
    const pace = { ...A_PACE, origin: { kind: 'measured', mailboxes: 5, batches: ['pilot'], atOnce } as const };
    const { end } = await rehearsed({ messages: TEN, options: { concurrency: 10 } }, null, pace);
    return end.to! - end.middle!;
  };
  expect(await widthOf(2)).toBeGreaterThan(2 * (await widthOf(10)));
});

it('names the allowance that keeps mailboxes from being done', async () => {
  const most = 20_000_000;
  const limits = { ...NO_LIMITS, budgets: [{ of: 'account', unit: 'bytes', most } as const] };
  const { late, doneBy } = await rehearsed({ messages: [1_000, 8_000], source: { limits } }, BEGINS + 10 * HOUR);
  expect(doneBy?.middle).toBe(1);
  expect(late.map(({ because }) => because)).toEqual([
    { key: 'allowance', side: 'source', of: 'account', unit: 'bytes', most },
  ]);
});

function helpsOf(asIs: ANight, by: number | null, now = BEGINS) {
  const night = aPlayedNight(asIs);
  const before = play(night, middleLuck(A_PACE, 3));
  return whatHelps(night, A_PACE, { by, now, before, seed: 3, slices: asked.slices });
}

it('finds that more at once would help, and says by how much', async () => {
  const by = BEGINS + 3.5 * HOUR;
  const [best] = await helpsOf({ messages: TEN, options: { concurrency: 2 } }, by);
  expect(best).toEqual({ change: { key: 'concurrency', to: 4 }, doneBy: 10, end: BEGINS + 3 * HOUR });
});

it('finds that closer starts would help, or an earlier one where there is time', async () => {
  const night = { messages: TEN.map(() => 600), options: { stagger: { min: 600, max: 600 } } };
  const by = BEGINS + 60 * MINUTE;
  expect((await helpsOf(night, by)).map(({ change }) => change.key)).toEqual(['stagger']);
  expect((await helpsOf(night, by, BEGINS - 3 * HOUR)).map(({ change }) => change.key)).toContain('start earlier');
});

it('finds that the few that an allowance keeps could start a day earlier', async () => {
  const most = 20_000_000;
  const limits = { ...NO_LIMITS, budgets: [{ of: 'account', unit: 'bytes', most } as const] };
  const night = { messages: [1_000, 3_500, 1_000], source: { limits } };
  const helps = await helpsOf(night, BEGINS + 10 * HOUR, BEGINS - 30 * HOUR);
  const those = helps.find(({ change }) => change.key === 'these earlier');
  expect(those).toMatchObject({ doneBy: 3, change: { at: BEGINS - 24 * HOUR } });
});

it('tells of nothing that does not help', async () => {
  expect(await helpsOf({ messages: [6_000], options: { concurrency: 5 } }, BEGINS + 30 * MINUTE)).toEqual([]);
});
