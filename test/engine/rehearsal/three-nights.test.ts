import { expect, it } from 'vitest';
import { DailyLock } from '../../../demo/server/index.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import type { Night, NightOptions } from '../../support/night.js';
import { aThinNight, comparedText, rehearsedNight, seenInEarlier } from './rehearsed-night.js';

const PILOT = 6;
const MAILBOXES = 30;

interface AKind {
  readonly options: Partial<NightOptions>;
  readonly begins: (night: Night) => void;
}

const A_DAY = 130_000;

const KINDS: Readonly<Record<string, AKind>> = {
  ordinary: { options: {}, begins: () => {} },
  'slow, by few connections': {
    options: {
      source: { latencyMs: 150 },
      endpoints: {
        source: { limits: { ...NO_LIMITS, profile: { name: null, overrides: { connectionsOfAddress: 7 } } } },
      },
    },
    begins: () => {},
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
