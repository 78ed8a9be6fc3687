import { expect, it } from 'vitest';
import { dropWhenStuck, unlessAborted } from '../../../src/engine/mailbox/stopping.js';
import { NightClock } from '../../support/night-clock.js';

/** A stop after 5 s; progress is told by the seconds of the clock. @returns seconds from the stop to the drop; null: none */
async function dropsAfter(
  progress: (seconds: number) => number,
  endsAfter: number | null = null,
): Promise<number | null> {
  const clock = new NightClock();
  const [halted, over] = [new AbortController(), new AbortController()];
  let dropped: number | null = null;
  const seconds = () => (clock.now() - clock.began) / 1000;
  const watched = dropWhenStuck({
    halted: halted.signal,
    over: over.signal,
    progress: () => progress(seconds()),
    clock,
    drop: () => {
      dropped = seconds() - 5;
    },
  });
  await clock.passes(5_000);
  halted.abort();
  if (endsAfter !== null) void clock.sleep(endsAfter * 1000).then(() => over.abort());
  await clock.until(watched);
  return dropped;
}

it('drops the connections of a stop 2 s after the last progress', async () => {
  expect(await dropsAfter(() => 1)).toBe(2);
  expect(await dropsAfter((seconds) => Math.min(seconds, 9))).toBe(6);
});

it('drops them after 10 s whatever moves', async () => {
  expect(await dropsAfter((seconds) => seconds)).toBe(10);
});

it('drops nothing that comes to its end by itself', async () => {
  expect(await dropsAfter(() => 1, 1)).toBeNull();
});

it('waits for nothing any more when it is told to', async () => {
  const enough = new AbortController();
  const waiting = unlessAborted(new Promise(() => {}), enough.signal);
  enough.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(await unlessAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
});
