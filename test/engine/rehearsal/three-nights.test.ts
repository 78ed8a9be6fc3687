import { expect, it } from 'vitest';
import { answer, DailyLock, type Rule } from '../../../demo/server/index.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import type { Night, NightOptions } from '../../support/night.js';
import { aThinNight, comparedText, rehearsedNight, seenInEarlier } from '../../support/rehearsed-night.js';

const PILOT = 6;
const MAILBOXES = 30;

/** The source throttles an account now and then, as providers do that count its requests. */
function throttles(every: number): Rule {
  const counts = new Map<string, number>();
  return (event) => {
    if (event.at !== 'command' || event.command !== 'UID FETCH' || event.account === null) return undefined;
    const count = (counts.get(event.account) ?? 0) + 1;
    counts.set(event.account, count);
    if (count % every !== every - 1) return undefined;
    return answer('BAD Request is throttled. Suggested Backoff Time: 30000 milliseconds');
  };
}

interface AKind {
  readonly options: Partial<NightOptions>;
  readonly begins: (night: Night) => void;
}

const A_DAY = 130_000;

const KINDS: Readonly<Record<string, AKind>> = {
  ordinary: { options: {}, begins: () => {} },
  throttled: {
    options: {
      source: { latencyMs: 150 },
      endpoints: {
        source: { limits: { ...NO_LIMITS, profile: { name: null, overrides: { connectionsOfAddress: 7 } } } },
      },
    },
    begins: ({ source }) => source.goesWrong(throttles(12)),
  },
  budgeted: {
    options: {
      endpoints: { source: { limits: { ...NO_LIMITS, budgets: [{ of: 'account', unit: 'bytes', most: A_DAY }] } } },
    },
    begins: ({ source, clock }) => source.goesWrong(new DailyLock(clock, A_DAY).hook),
  },
};

it.each(Object.keys(KINDS))(
  'promises the end of a night within a tenth, and who is done by the hour (%s)',
  async (kind) => {
    const { options, begins } = KINDS[kind]!;
    const earlier = await aThinNight(7, PILOT, {
      ...options,
      mailboxes: Array.from({ length: PILOT }, (_, at) => `pilot${at + 60}`),
    });
    begins(earlier);
    const seen = await seenInEarlier(earlier);
    const night = await aThinNight(1, MAILBOXES, options);
    const compared = await rehearsedNight(night, seen, () => begins(night));
    console.info(`${kind}: ${comparedText(compared)}`);
    expect(Math.abs(compared.off)).toBeLessThan(0.1);
    expect(compared.agrees(0.5)).toBeGreaterThanOrEqual(0.95);
    expect(compared.agrees(0.8)).toBeGreaterThanOrEqual(0.95);
  },
);
