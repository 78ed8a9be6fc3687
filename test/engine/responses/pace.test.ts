import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import { asksOperatorAfter, LONGEST_REST, refusalsBeforeHold, restAfter } from '../../../src/engine/responses/pace.js';
import { KINDS, type Verdict } from '../../../src/words/verdict.js';

const MINUTE = 60_000;
const passing = classify({ line: 'NO [UNAVAILABLE] Down', command: 'SELECT', side: 'source' });
const inRepair = classify({ line: 'NO [UNAVAILABLE] Mailbox is being checked', command: 'EXAMINE', side: 'source' });
const throttledFor = (waitSeconds: number): Verdict => ({ ...passing, kind: 'throttled', waitSeconds });

describe('how long a mailbox rests', () => {
  it('doubles from 5 s with full jitter after a passing fault, up to 30 min', () => {
    expect([1, 2, 3, 4].map((failures) => restAfter(passing, failures, 0.5))).toEqual([2500, 5000, 10_000, 20_000]);
    expect(restAfter(passing, 1, 0.999_999)).toBeLessThanOrEqual(5000);
    expect(restAfter(passing, 50, 0.999_999)).toBeLessThanOrEqual(30 * MINUTE);
    expect(restAfter(passing, 1, 0)).toBeGreaterThan(0);
  });

  it('waits out a source in repair 5, 10, 20, then every 30 minutes', () => {
    expect([1, 2, 3, 4, 5, 40].map((failures) => restAfter(inRepair, failures, 0) / MINUTE)).toEqual([
      5, 10, 20, 30, 30, 30,
    ]);
  });

  it('obeys a wait that the server names, and no longer than a day', () => {
    expect(restAfter(throttledFor(300), 1, 0)).toBe(5 * MINUTE);
    expect(restAfter({ ...inRepair, waitSeconds: 60 }, 1, 0)).toBe(5 * MINUTE);
    expect(restAfter(throttledFor(10 ** 9), 1, 0)).toBe(LONGEST_REST);
  });

  it('tries a broken server again soon three times, then rarely', () => {
    const bug: Verdict = { ...passing, kind: 'server-bug' };
    expect(restAfter(bug, 3, 0)).toBeLessThan(5 * MINUTE);
    expect(restAfter(bug, 4, 0)).toBeGreaterThanOrEqual(5 * MINUTE);
  });

  it('is a timer that Node can keep, whatever is asked', () => {
    const verdicts = fc.record({ kind: fc.constantFrom(...KINDS), waitSeconds: fc.nat({ max: 10 ** 9 }) });
    fc.assert(
      fc.property(
        verdicts,
        fc.integer({ min: -3, max: 10 ** 6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (part, failures, random) => {
          const rest = restAfter({ ...passing, ...part }, failures, random);
          expect(Number.isInteger(rest)).toBe(true);
          expect(rest).toBeGreaterThan(0);
          expect(rest).toBeLessThanOrEqual(LONGEST_REST);
          expect(rest).toBeGreaterThanOrEqual(Math.min(LONGEST_REST, part.waitSeconds * 1000));
          if (part.kind === 'mailbox-state' || part.kind === 'message-policy' || part.kind === 'quota')
            expect(rest).toBeGreaterThanOrEqual(5 * MINUTE);
        },
      ),
    );
  });
});

describe('when the operator is asked', () => {
  it('after an hour in one state, at once for what only a human mends or a wait of a day', () => {
    expect(asksOperatorAfter(inRepair, 1)).toBe(60 * MINUTE);
    expect(asksOperatorAfter({ ...passing, kind: 'auth', next: 'hold' }, 1)).toBe(0);
    expect(asksOperatorAfter(throttledFor(86_400), 1)).toBe(0);
  });

  it('at once when a broken server has used up its tries close together', () => {
    const bug: Verdict = { ...passing, kind: 'server-bug' };
    expect([1, 3, 4].map((failures) => asksOperatorAfter(bug, failures) / MINUTE)).toEqual([60, 60, 0]);
  });

  it('after 5 refusals in a row for quota, 25 for anything else', () => {
    expect(KINDS.map((kind) => [kind, refusalsBeforeHold(kind)])).toEqual(
      KINDS.map((kind) => [kind, kind === 'quota' ? 5 : 25]),
    );
  });
});
