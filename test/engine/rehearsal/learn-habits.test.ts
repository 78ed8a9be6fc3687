import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_HABITS } from '../../../src/engine/rehearsal/habits/habits.js';
import { habitsOf } from '../../../src/engine/rehearsal/habits/learn.js';
import { mostShared, roundest } from '../../../src/engine/rehearsal/habits/most-shared.js';
import type { Seen, SeenAttempt } from '../../../src/engine/rehearsal/seen.js';
import type { PassRefusal } from '../../../src/store/mailbox/pass-schema.js';

const SECOND = 1_000;
const refused = (waitSeconds: number, more: Partial<PassRefusal> = {}): PassRefusal => ({
  side: 'source',
  kind: 'throttled',
  scope: 'mailbox',
  rule: 'throttled',
  during: 'work',
  waitSeconds,
  ...more,
});
const attempt = (
  from: number,
  to: number,
  [messages, bytes]: readonly [number, number],
  refusal: PassRefusal | null = null,
  lines: SeenAttempt['lines'] = { source: 2, destination: 2, refusedAt: [] },
): SeenAttempt => ({ from: from * SECOND, to: to * SECOND, moved: { messages, bytes }, lines, refusal });
const seen = (...attempts: readonly SeenAttempt[]): Seen => ({ batch: 'pilot', attempts, messages: 1, bytes: 1 });

it('finds what a server counts, how much of it, and the wait that it names', () => {
  const { throttle, chance } = habitsOf([
    seen(
      attempt(0, 20, [12, 50_000], refused(60)),
      attempt(80, 90, [12, 90_000], refused(60)),
      attempt(150, 151, [1, 9]),
    ),
    seen(attempt(5, 18, [12, 10_000], refused(60)), attempt(78, 80, [3, 9_000])),
  ]);
  expect(throttle).toMatchObject({ counts: 'messages', served: [12, 12, 12], names: 'the wait' });
  expect(throttle!.renews).toMatchObject({ since: 'refusal', likely: 60 * SECOND });
  expect(chance).toBeNull();
});

it('finds the window of a server that names no wait, by the tries that were in vain and those that were not', () => {
  const { throttle } = habitsOf([
    seen(
      attempt(0, 20, [9, 61_000], refused(0)),
      attempt(50, 50, [0, 0], refused(0)),
      attempt(100, 100, [0, 0], refused(0)),
      attempt(170, 180, [5, 20_000]),
    ),
    seen(attempt(0, 60, [30, 60_000], refused(0)), attempt(90, 90, [0, 0], refused(0)), attempt(130, 150, [4, 9_000])),
  ]);
  expect(throttle).toMatchObject({ counts: 'bytes', names: 'no wait' });
  expect(throttle!.renews).toEqual({
    since: 'first served',
    least: 100 * SECOND,
    most: 130 * SECOND,
    likely: 120 * SECOND,
  });
});

it('keeps readings that are nearly as likely', () => {
  const alike = (from: number, messages: number, bytes: number) =>
    seen(attempt(from, from + messages, [messages, bytes], refused(60)), attempt(from + 80, from + 81, [1, 9]));
  const { throttle, orElse } = habitsOf([alike(0, 20, 80_000), alike(5, 19, 79_000), alike(9, 21, 81_000)]);
  expect([throttle!.counts, ...orElse.map(({ counts }) => counts)]).toEqual(['bytes', 'messages']);
});

it('calls chance what no count explains, and lines that are lost', () => {
  const { throttle, chance } = habitsOf([
    seen(
      attempt(0, 10, [2, 1_000], refused(30)),
      attempt(40, 90, [90, 90_000], refused(30)),
      attempt(120, 130, [1, 1]),
    ),
    seen(attempt(0, 10, [20, 30_000], refused(0, { kind: 'transient' })), attempt(20, 40, [20, 30_000])),
  ]);
  expect(throttle).toBeNull();
  expect(chance).toMatchObject({ every: (100 * SECOND) / 3 });
  expect(chance!.refusals).toHaveLength(3);
});

it('learns nothing from one refusal, and nothing where nobody noted any', () => {
  expect(habitsOf([seen(attempt(0, 10, [2, 1_000], refused(30)), attempt(40, 50, [2, 1_000]))])).toEqual(NO_HABITS);
  const unnoted = { from: 0, to: 10, moved: null, lines: null, refusal: null };
  expect(habitsOf([seen(unnoted, unnoted)])).toEqual(NO_HABITS);
});

it('takes the most connections that were open for the limit of a side that refused one', () => {
  const tooMany = refused(0, { during: 'login', scope: 'endpoint' });
  const beside = seen(attempt(0, 30, [5, 5]), attempt(60, 90, [5, 5]));
  const alone = seen(attempt(10, 40, [5, 5], null, { source: 1, destination: 2, refusedAt: [] }));
  const turnedAway = seen(attempt(20, 20, [0, 0], tooMany, null), attempt(50, 55, [5, 5]));
  expect(habitsOf([beside, alone]).connections).toEqual({});
  expect(habitsOf([beside, alone, turnedAway])).toMatchObject({ chance: null, connections: { source: 3 } });
});

it('takes a login that bears one connection for no limit of the server', () => {
  const one = { source: 1, destination: 2, refusedAt: ['source'] } as const;
  const each = (from: number) =>
    seen(attempt(from, from + 30, [5, 5], null, { ...one, refusedAt: [...one.refusedAt] }));
  expect(habitsOf([each(0), each(10), each(20)]).connections).toEqual({});
});

it('finds the part of a line that most share', () => {
  const between = fc.tuple(fc.nat(100), fc.nat(100)).map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(between, { minLength: 1, maxLength: 12 }), (all) => {
      const { least, most, hits } = mostShared(all);
      const holding = (at: number) => all.filter((one) => one.least <= at && at <= one.most).length;
      expect(least).toBeLessThanOrEqual(most);
      expect(holding(least)).toBe(hits);
      expect(holding(most)).toBe(hits);
      expect(Math.max(...all.flatMap((one) => [holding(one.least), holding(one.most)]))).toBe(hits);
    }),
  );
});

it('takes the roundest duration that fits, as people set them', () => {
  expect(roundest({ least: 118_800, most: 165_000 })).toBe(120_000);
  expect(roundest({ least: 89_100, most: 92_400 })).toBe(90_000);
  expect(roundest({ least: 3_000_000, most: 4_000_000 })).toBe(3_600_000);
  expect(roundest({ least: 1_234.5, most: 1_235.5 })).toBe(1_235);
});
