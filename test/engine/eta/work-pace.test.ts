import { describe, expect, it } from 'vitest';
import { seeded } from '../../../bench/lab/seeded.js';
import { smoothed } from '../../../src/engine/eta/smoothing.js';
import { timeFor, WorkPace } from '../../../src/engine/eta/work-pace.js';

/** Stretches of 10 s in which a message takes so many milliseconds, and a byte so many. */
function pace(perMessage: number, perByte: number, stretches = 200): WorkPace {
  const random = seeded(5);
  const learned = new WorkPace();
  for (let i = 0; i < stretches; i++) {
    const bytesEach = 1_000 + random() ** 3 * 200_000;
    const messages = 10_000 / (perMessage + bytesEach * perByte);
    learned.note({ ms: 10_000, messages, bytes: messages * bytesEach }, 8);
  }
  return learned;
}

describe('the pace of the work', () => {
  it('is not known before anything moved', () => {
    const learned = new WorkPace();
    expect(learned.cost).toBeNull();
    learned.note({ ms: 10_000, messages: 0, bytes: 0 }, 1);
    expect(learned.cost).toBeNull();
  });

  it('is that of bytes on a thin line', () => {
    const cost = pace(0.5, 1 / 60).cost ?? expect.unreachable();
    expect(timeFor(cost, { messages: 1, bytes: 12_000_000 })).toBeGreaterThan(170_000);
    expect(timeFor(cost, { messages: 1, bytes: 12_000_000 })).toBeLessThan(220_000);
  });

  it('is that of messages where each of them waits for an answer', () => {
    const cost = pace(500, 1e-6).cost ?? expect.unreachable();
    expect(timeFor(cost, { messages: 100, bytes: 0 })).toBeGreaterThan(42_000);
    expect(timeFor(cost, { messages: 100, bytes: 100 })).toBeLessThan(55_000);
  });

  it('tells as much work as it saw to take as long as it took', () => {
    const learned = new WorkPace();
    learned.note({ ms: 10_000, messages: 3, bytes: 600_000 }, 100);
    const cost = learned.cost ?? expect.unreachable();
    expect(timeFor(cost, { messages: 3, bytes: 600_000 })).toBeCloseTo(10_000, 5);
  });

  it('follows a server that became slow', () => {
    const learned = pace(100, 0);
    const before = timeFor(learned.cost ?? expect.unreachable(), { messages: 1, bytes: 100_000 });
    for (let i = 0; i < 1_000; i++) learned.note({ ms: 10_000, messages: 10, bytes: 500_000 }, 1);
    expect(timeFor(learned.cost ?? expect.unreachable(), { messages: 1, bytes: 50_000 })).toBeGreaterThan(5 * before);
  });
});

describe('the end that is told', () => {
  it('does not jump, and arrives where it is worked out to be', () => {
    const one = smoothed(100_000, 200_000, 2_000);
    expect(one).toBeGreaterThan(100_000);
    expect(one).toBeLessThan(150_000);
    let told = 100_000;
    for (let i = 0; i < 60; i++) told = smoothed(told, 200_000, 2_000);
    expect(told).toBeCloseTo(200_000, -2);
  });

  it('is what is worked out where nothing was told before', () => {
    expect(smoothed(null, 5_000, 0)).toBe(5_000);
  });
});
