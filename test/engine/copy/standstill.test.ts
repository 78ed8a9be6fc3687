import { expect, it } from 'vitest';
import { standstill } from '../../../src/engine/copy/standstill.js';
import type { Clock } from '../../../src/words/clock.js';

/** Time passes only in sleep. */
class Passing implements Clock {
  at = 0;
  now(): number {
    return this.at;
  }
  monotonic(): number {
    return this.at;
  }
  async sleep(ms: number): Promise<void> {
    this.at += ms;
  }
}

const live = new AbortController().signal;

/** UIDNEXT over time: 100, and one more at each of these instants. */
function growing(clock: Clock, ...instants: number[]): () => Promise<number> {
  return async () => 100 + instants.filter((at) => at <= clock.now()).length;
}

it('waits two seconds where nothing moves', async () => {
  const clock = new Passing();
  expect(await standstill(growing(clock), clock, 0, 0, live)).toBe(100);
  expect(clock.at).toBe(2000);
});

it('begins anew with every message that is still stored, and sees those under 2 s apart all', async () => {
  const clock = new Passing();
  expect(await standstill(growing(clock, 300, 1900, 3800, 5700), clock, 0, 0, live)).toBe(104);
  expect(clock.at).toBeGreaterThanOrEqual(5700 + 2000);
  expect(clock.at).toBeLessThanOrEqual(5700 + 2500);
});

it('waits four round trips more on a long line, and longer when much was under way', async () => {
  const far = new Passing();
  await standstill(growing(far), far, 300, 0, live);
  expect(far.at).toBeGreaterThanOrEqual(2000 + 4 * 300);
  const much = new Passing();
  await standstill(growing(much), much, 0, 50_000_000, live);
  expect(much.at).toBeGreaterThanOrEqual(2000 + 5000);
});

it('ends with the reason when it is told to stop', async () => {
  const clock = new Passing();
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await expect(standstill(growing(clock), clock, 0, 0, stop.signal)).rejects.toThrow('stopped');
});

it('ends with what the line says when it drops', async () => {
  const clock = new Passing();
  let asked = 0;
  const dropping = async () => {
    if (++asked === 3) throw new Error('the line dropped');
    return 1;
  };
  await expect(standstill(dropping, clock, 0, 0, live)).rejects.toThrow('the line dropped');
});

it.each([3_600_000, -3_600_000])('waits as long where the clock on the wall jumps by %i ms meanwhile', async (jump) => {
  const passing = new Passing();
  const clock: Clock = {
    now: () => 1_800_000_000_000 + passing.at + (passing.at > 500 ? jump : 0),
    monotonic: () => passing.monotonic(),
    sleep: (ms) => passing.sleep(ms),
  };
  await standstill(async () => 100, clock, 0, 0, live);
  expect(passing.at).toBe(2000);
});
