import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCheckpoint, nextCheckpointAt, startPace } from '../../../src/store/documents/checkpoint-pace.js';

describe('the pace of checkpoints', () => {
  it('is every three seconds on a disk that is quick', () => {
    let pace = startPace(1_000);
    expect(nextCheckpointAt(pace)).toBe(4_000);
    pace = afterCheckpoint(pace, 4_010, 10);
    expect(nextCheckpointAt(pace)).toBe(7_010);
  });

  it('waits on a slow disk until the run is long enough to bear it', () => {
    const pace = afterCheckpoint(startPace(0), 3_000, 500);
    expect(nextCheckpointAt(pace)).toBe(50_000);
  });

  it('does not wait for minutes because one write of a long night was slow', () => {
    let pace = startPace(0);
    let now = 0;
    for (let i = 0; i < 1_200; i++) {
      now = nextCheckpointAt(pace) + 5;
      pace = afterCheckpoint(pace, now, 5);
    }
    pace = afterCheckpoint(pace, now, 10_000);
    expect(nextCheckpointAt(pace)).toBe(now + 3_000);
  });

  it('never takes more than 2% of a run whose costs do not jump', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 200 }), (cost, checkpoints) => {
        let pace = startPace(0);
        let now = 0;
        for (let i = 0; i < checkpoints; i++) {
          now = nextCheckpointAt(pace) + cost;
          pace = afterCheckpoint(pace, now, cost);
          if (i > 0) expect(pace.spentMs).toBeLessThanOrEqual(0.02 * now + 1e-6);
        }
      }),
    );
  });
});
