import { describe, expect, it } from 'vitest';
import { type BatchSoFar, batchEta } from '../../../src/engine/publish/batch-eta.js';

const NOW = Date.parse('2026-11-21T20:00:00Z');
const MINUTE = 60_000;

function soFar(of: Partial<BatchSoFar>): BatchSoFar {
  return {
    now: NOW,
    left: 0,
    rate: 100,
    known: { mailboxes: 0, messages: 0 },
    waiting: 0,
    nextFirstAt: 0,
    stagger: { min: 60, max: 90 },
    window: null,
    ...of,
  };
}

/** Minutes from now. */
const minutes = (of: Partial<BatchSoFar>) => {
  const eta = batchEta(soFar(of));
  return eta === null ? null : (eta - NOW) / MINUTE;
};

describe('when a batch will be done', () => {
  it('is what is left at the rate it goes, once all mailboxes were looked into', () => {
    expect(minutes({ left: 60_000, known: { mailboxes: 10, messages: 900_000 } })).toBe(10);
  });

  it('takes mailboxes that wait for their first start for ones like the others', () => {
    const known = { mailboxes: 5, messages: 30_000 };
    expect(minutes({ left: 6_000, known, waiting: 9, stagger: { min: 0, max: 0 } })).toBe(10);
  });

  it('is not before the last one has started and was copied', () => {
    const known = { mailboxes: 3, messages: 18_000 };
    // The next start in 2 minutes, 480 more 75 s apart, and a minute for the last.
    const of = { left: 10, known, waiting: 481, nextFirstAt: NOW + 2 * MINUTE };
    expect(minutes(of)).toBe(2 + 480 * 1.25 + 1);
  });

  it('goes on when the window opens again', () => {
    const window = { from: 20 * 60, to: 20 * 60 + 30 };
    expect(minutes({ left: 60 * 6_000, window })).toBe(24 * 60 + 30);
  });

  it.each([
    ['nothing is left', { left: 0 }],
    ['nothing moves', { left: 5, rate: 0, waiting: 3 }],
  ])('is not known where %s', (_, of) => {
    expect(minutes(of)).toBeNull();
  });
});
