import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultText, planRound } from './plan.js';

describe('the plan of a round', () => {
  it('is the same for the same seed and number, and another for another', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (seed, round) => {
        expect(planRound(seed, round)).toEqual(planRound(seed, round));
        expect(planRound(seed, round)).not.toEqual(planRound(seed, round + 1));
      }),
    );
  });

  it('has its faults in order, while there is mail to move', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (seed, round) => {
        const at = planRound(seed, round).faults.map((planned) => planned.at);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        expect(Math.min(...at)).toBeGreaterThan(0);
        expect(Math.max(...at)).toBeLessThan(1);
      }),
    );
  });

  it('knows every kind of fault within a hundred rounds', () => {
    const plans = Array.from({ length: 100 }, (_, at) => planRound(1, at + 1));
    const seen = new Set(plans.flatMap(({ faults }) => faults.map(({ fault }) => faultText(fault))));
    expect([...seen].sort()).toEqual([
      'clock +1 h',
      'clock -1 h',
      'cut destination fin',
      'cut destination rst',
      'cut source fin',
      'cut source rst',
      'drop-ok',
      'foreign',
      'full-disk',
      'kill',
      'new-mail',
      'stall destination',
      'stall source',
      'stop',
      'trickle destination',
      'trickle source',
    ]);
  });
});
