import { describe, expect, it } from 'vitest';
import { type Reading, standstill } from '../../../../src/engine/copy/prepare/standstill.js';
import type { FlightRecord } from '../../../../src/store/ledger/flight.js';
import type { Clock } from '../../../../src/words/clock.js';

/** Time passes only in sleep. */
class Passing implements Clock {
  at = 0;
  /** How far the clock on the wall is from where it was. */
  jumped = 0;
  now(): number {
    return 1_800_000_000_000 + this.at + this.jumped;
  }
  monotonic(): number {
    return this.at;
  }
  async sleep(ms: number): Promise<void> {
    this.at += ms;
  }
}

const live = new AbortController().signal;
/** Next to nothing was under way, on a fast line. */
const LITTLE: FlightRecord = { bytes: 0, messages: 0, largest: 0, bytesPerSecond: 50_000_000 };

interface Given {
  readonly flight?: FlightRecord;
  readonly roundTrip?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Passing;
}

/** @returns how long it waited, in milliseconds; folders stand as `look` says at that time */
async function waited(
  look: (at: number) => Record<string, Reading>,
  { flight = LITTLE, roundTrip = 0, signal = live, clock = new Passing() }: Given = {},
): Promise<number> {
  await standstill({
    look: async () => new Map(Object.entries(look(clock.at))),
    flight,
    roundTrip,
    clock,
    signal,
    onWait: () => {},
  });
  return clock.at;
}

/** A folder that gets one message more at each of these instants. */
const storing = (at: number, ...instants: number[]): Reading => {
  const messages = instants.filter((instant) => instant <= at).length;
  return { uidNext: 100 + messages, messages };
};

describe('the wait for what a broken run left under way', () => {
  it('is two seconds where nothing moves and next to nothing was under way', async () => {
    expect(await waited(() => ({ INBOX: storing(0) }))).toBeCloseTo(2000, -1);
  });

  it('begins anew with every message that is still stored', async () => {
    expect(await waited((at) => ({ INBOX: storing(at, 1500, 3000, 4600) }))).toBeGreaterThanOrEqual(6600);
  });

  it('begins anew for all folders with a movement in any of them', async () => {
    const look = (at: number) => ({
      Archive: storing(at, 400, 900, 1400),
      Sent: storing(at, 3000, 4500),
      Work: storing(at, 6000, 7500),
    });
    expect(await waited(look)).toBeGreaterThanOrEqual(9500);
  });

  it('is longer over a long way', async () => {
    expect(await waited(() => ({ INBOX: storing(0) }), { roundTrip: 300 })).toBeGreaterThanOrEqual(3200);
  });

  it('is longer than what was under way takes at the rate that was measured', async () => {
    const flight = { bytes: 700_000, messages: 20, largest: 600_000, bytesPerSecond: 60_000 };
    expect(await waited(() => ({ INBOX: storing(0) }), { flight })).toBeGreaterThan(15_000);
  });

  it('takes a line that was not measured for a slow one, and an unknown amount for much', async () => {
    const flight = { bytes: 0, messages: 0, largest: 0, bytesPerSecond: null };
    expect(await waited(() => ({ INBOX: storing(0) }), { flight })).toBeGreaterThan(6000);
    expect(await waited(() => ({ INBOX: storing(0) }), { flight: 'unknown' })).toBeGreaterThan(9000);
  });

  it('ends at a server that raises UIDNEXT with each look and stores nothing', async () => {
    let uidNext = 100;
    const took = await waited(() => ({ INBOX: { uidNext: uidNext++, messages: 7 } }));
    expect(took).toBeGreaterThan(5000);
    expect(took).toBeLessThan(10_000);
  });

  it('goes by the number of messages where UIDNEXT is not told', async () => {
    const look = (at: number) => ({ INBOX: { uidNext: null, messages: storing(at, 1500, 3000).messages } });
    expect(await waited(look)).toBeGreaterThanOrEqual(5000);
  });

  it('ends where others fill the folder without end', async () => {
    const took = await waited((at) => ({ INBOX: { uidNext: 1 + at, messages: at } }));
    expect(took).toBeLessThanOrEqual(15 * 60_000 + 250);
  });

  it('ends at once when the run is stopped', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(waited(() => ({ INBOX: storing(0) }), { signal: stop.signal })).rejects.toThrow('stopped');
  });

  it.each([3_600_000, -3_600_000])('is as long where the clock on the wall jumps by %i ms', async (jump) => {
    const clock = new Passing();
    const look = (at: number) => {
      if (at > 500) clock.jumped = jump;
      return { INBOX: storing(at) };
    };
    expect(await waited(look, { clock })).toBeCloseTo(2000, -1);
  });
});
