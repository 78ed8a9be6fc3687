import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitCosts, timeOf } from '../../../src/engine/rehearsal/fit-costs.js';
import { paceOf } from '../../../src/engine/rehearsal/measure.js';
import type { Seen } from '../../../src/engine/rehearsal/seen.js';
import { NOTHING_NOTED } from '../../../src/store/mailbox/pass-schema.js';

const seen = (ms: number, messages: number, bytes: number, more: Partial<Seen> = {}): Seen => ({
  batch: 'pilot',
  attempts: [{ from: 0, to: ms, ...NOTHING_NOTED }],
  messages,
  bytes,
  ...more,
});

it('finds the costs that made the times', () => {
  const costs = { perStart: 2_000, perMessage: 30, perByte: 0.005 };
  const samples = [
    { starts: 1, messages: 100, bytes: 9e6 },
    { starts: 1, messages: 2_000, bytes: 8e6 },
    { starts: 3, messages: 400, bytes: 1e6 },
    { starts: 1, messages: 50, bytes: 3e6 },
    { starts: 2, messages: 900, bytes: 40e6 },
  ].map((one) => ({ ...one, ms: timeOf(costs, one) }));
  const found = fitCosts(samples);
  const other = { starts: 1, messages: 1_000, bytes: 20e6 };
  expect(timeOf(found, other) / timeOf(costs, other)).toBeCloseTo(1, 1);
});

it('is right in the sum, whatever was seen, and finds no cost below nothing', () => {
  const sample = fc.record({
    ms: fc.integer({ min: 1_000, max: 1e7 }),
    starts: fc.integer({ min: 1, max: 5 }),
    messages: fc.integer({ min: 1, max: 10_000 }),
    bytes: fc.integer({ min: 0, max: 1e9 }),
  });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), (samples) => {
      const found = fitCosts(samples);
      const told = samples.reduce((sum, one) => sum + timeOf(found, one), 0);
      const truth = samples.reduce((sum, { ms }) => sum + ms, 0);
      expect(told / truth).toBeCloseTo(1, 5);
      expect(Math.min(found.perStart, found.perMessage, found.perByte)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('knows nothing of mailboxes of which nothing was moved', () => {
  expect(paceOf([])).toBeNull();
  expect(paceOf([seen(60_000, 0, 0)])).toBeNull();
});

it('is the less sure the fewer were seen, and the more they differ', () => {
  const alike = Array.from({ length: 8 }, (_, at) => seen(60_000 * (at + 1), 100 * (at + 1), 1e6 * (at + 1)));
  const unlike = alike.map((one, at) => seen((at % 2 === 0 ? 2 : 0.5) * one.attempts[0]!.to, one.messages, one.bytes));
  const [many, few, differ] = [paceOf(alike)!, paceOf(alike.slice(0, 2))!, paceOf(unlike)!];
  expect(few.unsure.ofNight).toBeGreaterThan(many.unsure.ofNight);
  expect(differ.unsure.ofMailbox).toBeGreaterThan(2 * many.unsure.ofMailbox);
});

it('tells how many were at work at once', () => {
  const three = [0, 30_000, 70_000].map((from) =>
    seen(0, 100, 1e6, { attempts: [{ from, to: from + 60_000, ...NOTHING_NOTED }] }),
  );
  expect(paceOf(three)!.origin).toEqual({ kind: 'measured', mailboxes: 3, batches: ['pilot'], atOnce: 2 });
});

it('takes what each attempt moved by itself: one that was refused at once shows what a start costs', () => {
  const attempt = (from: number, ms: number, messages: number) => ({
    ...NOTHING_NOTED,
    from,
    to: from + ms,
    moved: { messages, bytes: messages * 10_000 },
  });
  const one = seen(0, 200, 2e6, { attempts: [attempt(0, 12_000, 100), attempt(60_000, 2_000, 0)] });
  const other = seen(0, 300, 3e6, { attempts: [attempt(0, 32_000, 300), attempt(90_000, 2_000, 0)] });
  expect(paceOf([one, other])!.costs.perStart).toBeCloseTo(2_000, -2);
});
