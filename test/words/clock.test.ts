import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/words/clock.js';

afterEach(() => {
  vi.useRealTimers();
});

/** How far a sleep has come. */
function sleeping(ms: number, signal?: AbortSignal): { over: boolean } {
  const sleep = { over: false };
  void systemClock.sleep(ms, signal).then(() => {
    sleep.over = true;
  });
  return sleep;
}

it('sleeps as long as it was told, though the clock is set back an hour', async () => {
  vi.useFakeTimers();
  const sleep = sleeping(1_000);
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(999);
  expect(sleep.over).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(sleep.over).toBe(true);
});

it('sleeps longer than a timer can', async () => {
  vi.useFakeTimers();
  const sleep = sleeping(30 * 24 * 3_600_000);
  await vi.advanceTimersByTimeAsync(29 * 24 * 3_600_000);
  expect(sleep.over).toBe(false);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(sleep.over).toBe(true);
});

it('wakes at once when that is asked for', async () => {
  vi.useFakeTimers();
  const waking = new AbortController();
  const sleep = sleeping(1_000, waking.signal);
  waking.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(sleep.over).toBe(true);
});
