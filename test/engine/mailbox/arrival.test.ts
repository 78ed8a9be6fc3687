import { describe, expect, it } from 'vitest';
import { Arrival } from '../../../src/engine/mailbox/arrival.js';

/** A line of 60 kB/s: messages of 30 kB are answered two a second, for so many seconds. */
function measured(seconds: number): { readonly arrival: Arrival; readonly bytes: number } {
  const arrival = new Arrival();
  for (let s = 0; s <= seconds; s++) arrival.look(s * 1000, { out: s * 60_000 + 60_000, arrived: s * 60_000 });
  return { arrival, bytes: seconds * 60_000 };
}

describe('bytes that have arrived', () => {
  it('are those that the kernel took, before anything was measured', () => {
    expect(new Arrival().look(0, { out: 5_000_000, arrived: 0 })).toBe(5_000_000);
  });

  it('go on at the rate of the answers, whatever the kernel takes at once', () => {
    const { arrival, bytes } = measured(10);
    for (const [seconds, out] of [
      [20, 4_000_000],
      [60, 4_000_000],
      [100, 9_000_000],
    ] as const) {
      const about = arrival.look(seconds * 1000, { out, arrived: bytes });
      const truth = seconds * 60_000;
      expect(Math.abs(about - Math.min(out, truth))).toBeLessThan(130_000);
    }
  });

  it('are never more than the kernel took, and never less than was answered', () => {
    const { arrival, bytes } = measured(10);
    expect(arrival.look(500_000, { out: 3_000_000, arrived: bytes })).toBe(3_000_000);
    expect(arrival.look(501_000, { out: 9_000_000, arrived: 8_000_000 })).toBe(8_000_000);
  });

  it('do not take a line that has nothing to do for a slow one', () => {
    const { arrival, bytes } = measured(10);
    for (let s = 11; s < 300; s++) arrival.look(s * 1000, { out: bytes, arrived: bytes });
    arrival.look(300_000, { out: bytes + 2_000_000, arrived: bytes });
    const about = arrival.look(301_000, { out: bytes + 2_000_000, arrived: bytes });
    expect(about).toBeGreaterThan(bytes);
  });
});
