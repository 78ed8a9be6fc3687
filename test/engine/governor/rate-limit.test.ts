import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../src/engine/governor/rate-limit.js';
import type { EndpointLimits } from '../../../src/store/batch/limits.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import { aNight } from '../../support/night.js';
import { NightClock } from '../../support/night-clock.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';

const KB = 1024;
const NEVER = new AbortController().signal;

describe('bytes a second', () => {
  it('move as fast as the rate, smoothly, whatever their number', async () => {
    const clock = new NightClock();
    const limit = new RateLimit(clock, 100 * KB);
    const began = clock.monotonic();
    const gaps: number[] = [];
    const move = async () => {
      for (let moved = 0; moved < 1_000 * KB; moved += limit.piece) {
        const before = clock.monotonic();
        await limit.take(limit.piece, NEVER);
        gaps.push(clock.monotonic() - before);
      }
    };
    await clock.until(move());
    expect(clock.monotonic() - began).toBeGreaterThan(9_500);
    expect(clock.monotonic() - began).toBeLessThan(10_200);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(130);
  });

  it('are shared by all connections: none of them starves', async () => {
    const clock = new NightClock();
    const limit = new RateLimit(clock, 100 * KB);
    const moved = Array.from({ length: 20 }, () => 0);
    const over = new AbortController();
    const lines = moved.map(async (_, line) => {
      while (!over.signal.aborted) {
        await limit.take(limit.piece, over.signal);
        if (!over.signal.aborted) moved[line]! += limit.piece;
      }
    });
    await clock.passes(60_000);
    over.abort();
    await clock.until(Promise.all(lines));
    expect(moved.reduce((sum, one) => sum + one, 0) / (60 * 100 * KB)).toBeCloseTo(1, 1);
    expect(Math.min(...moved)).toBeGreaterThan(0.9 * Math.max(...moved));
  });

  it('saves up no more than a moment of a silence', async () => {
    const clock = new NightClock();
    const limit = new RateLimit(clock, 100 * KB);
    await clock.passes(3_600_000);
    const began = clock.monotonic();
    await clock.until(limit.take(100 * KB, NEVER));
    expect(clock.monotonic() - began).toBeGreaterThanOrEqual(900);
  });
});

const at = (rate: number): EndpointLimits => ({ ...NO_LIMITS, rate });

describe('a night with a rate', () => {
  const mail = () => ({ INBOX: letters(20, 'in', { bytes: 100 * KB }) });

  it.each(['source', 'destination'] as const)('moves no more than that of the %s, and fails nowhere', async (side) => {
    const night = await aNight({ mailboxes: 5, mail, endpoints: { [side]: { limits: at(100 * KB) } } });
    const began = night.clock.now();
    expect(await night.run()).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
    const seconds = (night.clock.now() - began) / 1000;
    // 5 × 20 × 100 kB.
    expect(seconds).toBeGreaterThan(97);
    expect(seconds).toBeLessThan(115);
    expect(night.log.filter(({ level }) => level === 'warn' || level === 'error').map(({ text }) => text)).toEqual([]);
    const ends = night.users.map((user) => night.mailbox(user).endedAt ?? 0);
    expect((Math.min(...ends) - began) / 1000).toBeGreaterThan(50);
  });

  it('does not take a connection that waits for its turn for dead', async () => {
    // 10 messages of 4 MB in 10 mailboxes at 64 kB/s: one slice of one message takes 40 s, one message 10 minutes.
    const large = () => ({ INBOX: letters(1, 'large', { bytes: 4 * 1024 * KB }) });
    const night = await aNight({
      mailboxes: 10,
      mail: large,
      endpoints: { source: { limits: at(64 * KB) }, destination: { limits: at(64 * KB) } },
    });
    const began = night.clock.now();
    expect(await night.run()).toBe(0);
    for (const user of night.users) {
      expectSameMail(night, user);
      expect(night.mailbox(user).attempts).toBe(1);
    }
    expect((night.clock.now() - began) / 1000).toBeGreaterThan(640);
  });
});
