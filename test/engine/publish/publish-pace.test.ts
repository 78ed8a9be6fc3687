import { describe, expect, it } from 'vitest';
import { untilNextPublication } from '../../../src/engine/publish/publish-pace.js';

describe('publications', () => {
  it('come four times a second while they are cheap', () => {
    expect(untilNextPublication(0)).toBe(250);
    expect(untilNextPublication(20)).toBe(250);
  });

  it('take a tenth of the time at most where they are dear', () => {
    for (const took of [50, 250, 1000]) expect(took / (took + untilNextPublication(took))).toBeCloseTo(0.1);
  });

  it('come every ten seconds however dear they are', () => {
    expect(untilNextPublication(60_000)).toBe(10_000);
  });
});
