import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlightWindow } from '../../../../src/engine/copy/transfer/flight-window.js';

interface Line {
  /** Bytes a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly roundTrip: number;
  /** Bytes that go through at once when the line has rested: buffers on the way. */
  readonly burst?: number;
}

interface Flown {
  /** Milliseconds until the last answer. */
  readonly took: number;
  /** The most that was under way beside the oldest command, in milliseconds of the line, from `settledAt` on. */
  readonly most: number;
  readonly mostAtAll: number;
}

/**
 * Sends messages over a line that carries so much and no more, as the window lets them: commands of several
 * messages where they are small.
 */
function fly(sizes: readonly number[], { rate, roundTrip, burst = 0 }: Line, settledAt = 4000): Flown {
  const window = new FlightWindow();
  const answers: { at: number; sent: ReturnType<FlightWindow['sent']> }[] = [];
  let now = 0;
  let free = -(burst / rate) * 1000;
  let [most, mostAtAll] = [0, 0];
  const rest = [...sizes];
  while (rest.length > 0 || answers.length > 0) {
    for (;;) {
      const [first] = rest;
      if (first === undefined || !window.admits(first, now, roundTrip)) break;
      let bytes = rest.shift()!;
      const limit = window.commandSize(now, roundTrip);
      while (rest.length > 0 && bytes + rest[0]! <= limit && window.admits(bytes + rest[0]!, now, roundTrip))
        bytes += rest.shift()!;
      free = Math.max(free, now - (burst / rate) * 1000) + (bytes / rate) * 1000;
      answers.push({ at: Math.max(now, free) + roundTrip, sent: window.sent(bytes, now) });
      const waits = (window.inFlight / rate) * 1000;
      mostAtAll = Math.max(mostAtAll, waits);
      if (now >= settledAt) most = Math.max(most, waits);
    }
    const next = answers.shift()!;
    now = Math.max(now, next.at);
    window.answered(next.sent, now);
  }
  return { took: now, most, mostAtAll };
}

/** One command, alone under way. @returns when it was answered */
function answered(window: FlightWindow, bytes: number, from: number, to: number): number {
  window.answered(window.sent(bytes, from), to);
  return to;
}

const alike = (count: number, bytes: number) => Array.from({ length: count }, () => bytes);
const sum = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0);

/** Lines from 10 KB/s to 1 GB/s, evenly by their orders of magnitude. */
const lines = fc.record({
  rate: fc.double({ min: 4, max: 9, noNaN: true }).map((exponent) => 10 ** exponent),
  roundTrip: fc.integer({ min: 0, max: 200 }),
});

describe('how much may be without an answer', () => {
  it('is 64 KB before anything is measured, and one message of any size', () => {
    const window = new FlightWindow();
    expect(window.admits(50_000_000, 0)).toBe(true);
    window.sent(10_000, 0);
    window.sent(40_000, 0);
    expect(window.admits(20_000, 0)).toBe(true);
    window.sent(20_000, 0);
    expect(window.admits(20_000, 0)).toBe(false);
  });

  it('is one message where that takes longer than three seconds', () => {
    const window = new FlightWindow();
    window.sent(12_000_000, 0);
    window.answered(window.sent(1000, 0), 1000);
    expect(window.admits(1000, 1000)).toBe(true);
    expect(window.admits(12_000_000, 1000)).toBe(false);
  });

  it('never slows a line down that is as fast as it may be', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 60 }), (line, kilobytes) => {
        // Eight seconds of the line, and no message that takes longer than half a second of it.
        const size = Math.min(kilobytes * 1024, line.rate / 2);
        const sizes = alike(Math.min(4000, Math.ceil((line.rate * 8) / size)), size);
        const ideal = (sum(sizes) / line.rate) * 1000 + line.roundTrip;
        // It grows fivefold with each round trip, from 64 KB to the 200 MB of the fastest and farthest.
        expect(fly(sizes, line).took).toBeLessThanOrEqual(ideal * 1.01 + 6 * line.roundTrip + 1);
      }),
      { numRuns: 150 },
    );
  });

  it('loses no more than the way back where each message takes seconds', () => {
    fc.assert(
      fc.property(lines, fc.double({ min: 0.5, max: 20, noNaN: true }), (line, seconds) => {
        const sizes = alike(20, line.rate * seconds);
        const ideal = (sum(sizes) / line.rate) * 1000;
        expect(fly(sizes, line).took).toBeLessThanOrEqual(ideal + 21 * line.roundTrip + 1);
      }),
    );
  });

  it('is three seconds and one message of the line after a few seconds, whatever bursts the path took at first', () => {
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.integer({ min: 500, max: 200_000 }), { minLength: 40, maxLength: 400 }),
        fc.integer({ min: 0, max: 256 * 1024 }),
        ({ rate, roundTrip }, sizes, burst) => {
          const slow = { rate: Math.min(rate, 300_000), roundTrip, burst };
          const largest = (Math.max(...sizes) / slow.rate) * 1000;
          const { most } = fly(sizes, slow, 4000 + (2 * burst * 1000) / slow.rate);
          expect(most).toBeLessThanOrEqual(3000 + 2 * roundTrip + 2 * largest);
        },
      ),
    );
  });

  it('follows a line that becomes slow', () => {
    const window = new FlightWindow();
    let now = 0;
    for (let i = 0; i < 100; i++) now = answered(window, 100_000, now, now + 10);
    expect(window.size(now)).toBeGreaterThan(2_000_000);
    for (let i = 0; i < 10; i++) now = answered(window, 10_000, now, now + 1000);
    expect(window.size(now)).toBeLessThan(35_000);
  });

  it('does not take a line for slow that had nothing to do', () => {
    const window = new FlightWindow();
    let now = 0;
    for (let i = 0; i < 20; i++) {
      now = answered(window, 100_000, now, now + 10) + 60_000;
    }
    expect(window.rate(now)).toBeCloseTo(10_000_000, -3);
  });
});
