import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forecast } from '../../../src/engine/schedule/forecast.js';
import { decide, lastStartAfter, type SchedulerRules, type Waiting } from '../../../src/engine/schedule/scheduler.js';

const rules: SchedulerRules = { stagger: { min: 60, max: 90 }, concurrency: 3 };
const NOW = 1_000_000_000;
const first = (id: string, notBefore = 0): Waiting => ({ id, first: true, notBefore });
const again = (id: string, notBefore = 0): Waiting => ({ id, first: false, notBefore });
const half = () => 0.5;

it('has nothing to start and nothing to wake for where nobody waits', () => {
  expect(decide([], 0, 0, rules, NOW, half)).toEqual({ start: [], wakeAt: null, nextFirstAt: 0 });
});

it('starts one first pass, and the next after the stagger', () => {
  const { start, wakeAt, nextFirstAt } = decide([first('ann'), first('bob')], 0, 0, rules, NOW, half);
  expect(start).toEqual(['ann']);
  expect(nextFirstAt).toBe(NOW + 75_000);
  expect(wakeAt).toBe(nextFirstAt);
  expect(decide([first('bob')], 1, nextFirstAt, rules, NOW + 74_999, half).start).toEqual([]);
  expect(decide([first('bob')], 1, nextFirstAt, rules, NOW + 75_000, half).start).toEqual(['bob']);
});

it('never staggers those that come back', () => {
  const waiting = [again('ann'), again('bob'), again('cy')];
  expect(decide(waiting, 0, NOW + 60_000, rules, NOW, half).start).toEqual(['ann', 'bob', 'cy']);
});

it('lets those that come back go before first passes', () => {
  const { start } = decide([first('new'), again('ann'), again('bob'), again('cy')], 0, 0, rules, NOW, half);
  expect(start).toEqual(['ann', 'bob', 'cy']);
});

it('starts nothing over the concurrency, and waits for an end', () => {
  expect(decide([first('ann'), again('bob')], 3, 0, rules, NOW, half)).toMatchObject({ start: [], wakeAt: null });
  expect(decide([again('ann'), again('bob')], 2, 0, rules, NOW, half).start).toEqual(['ann']);
});

it('wakes for the first of those that rest', () => {
  const waiting = [again('ann', NOW + 5000), again('bob', NOW + 3000)];
  expect(decide(waiting, 0, 0, rules, NOW, half)).toMatchObject({ start: [], wakeAt: NOW + 3000 });
});

it('lets a first pass that rests be passed by the one behind it', () => {
  const { start, wakeAt } = decide([first('ann', NOW + 9000), first('bob')], 0, 0, rules, NOW, half);
  expect(start).toEqual(['bob']);
  expect(wakeAt).toBe(NOW + 9000);
});

it('starts all at once where the stagger is 0', () => {
  const none = { stagger: { min: 0, max: 0 }, concurrency: 10 };
  expect(decide([first('ann'), first('bob'), first('cy')], 0, 0, none, NOW, half).start).toEqual(['ann', 'bob', 'cy']);
});

it('keeps the gap within its bounds, whatever the chance', () => {
  for (const random of [0, 0.25, 0.999999]) {
    const { nextFirstAt } = decide([first('ann')], 0, 0, rules, NOW, () => random);
    expect(nextFirstAt - NOW).toBeGreaterThanOrEqual(60_000);
    expect(nextFirstAt - NOW).toBeLessThanOrEqual(90_000);
  }
});

it('brings a whole plan to its start: each once, never too many, first passes apart, no wake-up in vain', () => {
  const plan = fc.array(
    fc.record({ isFirst: fc.boolean(), rest: fc.nat({ max: 300_000 }), takes: fc.nat({ max: 200_000 }) }),
    {
      minLength: 1,
      maxLength: 15,
    },
  );
  fc.assert(
    fc.property(plan, fc.double({ min: 0, max: 0.999, noNaN: true }), (mailboxes, random) => {
      let waiting = mailboxes.map(({ isFirst, rest }, i) => ({ id: `${i}`, first: isFirst, notBefore: NOW + rest }));
      const running: { id: string; endsAt: number }[] = [];
      const starts: number[] = [];
      const started: string[] = [];
      let now = NOW;
      let next = 0;
      for (let rounds = 0; waiting.length > 0; rounds++) {
        expect(rounds).toBeLessThan(200);
        const decision = decide(waiting, running.length, next, rules, now, () => random);
        next = decision.nextFirstAt;
        for (const id of decision.start) {
          const mailbox = mailboxes[Number(id)]!;
          started.push(id);
          running.push({ id, endsAt: now + mailbox.takes });
          if (mailbox.isFirst) starts.push(now);
          expect(now).toBeGreaterThanOrEqual(NOW + mailbox.rest);
        }
        waiting = waiting.filter(({ id }) => !decision.start.includes(id));
        expect(running.length).toBeLessThanOrEqual(rules.concurrency);
        if (waiting.length === 0) break;
        const ends = running.map(({ endsAt }) => endsAt);
        const wake = Math.min(...ends, decision.wakeAt ?? Number.POSITIVE_INFINITY);
        expect(wake).toBeLessThan(Number.POSITIVE_INFINITY);
        if (decision.wakeAt !== null) expect(decision.wakeAt).toBeGreaterThan(now);
        now = Math.max(now, wake);
        for (let i = running.length - 1; i >= 0; i--) if (running[i]!.endsAt <= now) running.splice(i, 1);
      }
      expect(new Set(started).size).toBe(mailboxes.length);
      for (let i = 1; i < starts.length; i++) expect(starts[i]! - starts[i - 1]!).toBeGreaterThanOrEqual(60_000);
    }),
    { numRuns: 500 },
  );
});

it('starts nobody whom the endpoints have no place for, and looks again when they say', () => {
  const waiting = [
    { id: 'ann', first: false, notBefore: 0 },
    { id: 'bob', first: false, notBefore: 0 },
    { id: 'eve', first: true, notBefore: 0 },
    { id: 'tom', first: true, notBefore: 0 },
  ];
  const asked: string[] = [];
  const admit = (id: string) => {
    asked.push(id);
    return id === 'bob' ? null : NOW + (id === 'ann' ? 5000 : 9000);
  };
  const decision = decide(waiting, 0, 0, rules, NOW, () => 0, admit);
  // A first pass that was not let in uses up no stagger, and nobody overtakes it.
  expect(decision).toEqual({ start: ['bob'], wakeAt: NOW + 5000, nextFirstAt: 0 });
  expect(asked).toEqual(['ann', 'bob', 'eve']);
  expect(
    forecast(
      waiting,
      1,
      0,
      rules,
      NOW,
      new Map([['eve', { until: NOW + 9000, why: { key: 'endpoint full', side: 'source', connections: 1 } }]]),
    ),
  ).toEqual(
    new Map([
      ['ann', { kind: 'queued', startsAt: NOW, why: { key: 'turn' } }],
      ['bob', { kind: 'queued', startsAt: NOW, why: { key: 'turn' } }],
      ['eve', { kind: 'queued', startsAt: NOW + 9000, why: { key: 'endpoint full', side: 'source', connections: 1 } }],
      ['tom', { kind: 'queued', startsAt: NOW + 9000, why: { key: 'endpoint full', side: 'source', connections: 1 } }],
    ]),
  );
});

it('says when the last mailbox starts: 500 at 60 to 90 s are 10.4 hours', () => {
  expect(lastStartAfter(500, rules.stagger) / 3_600_000).toBeCloseTo(10.4, 1);
  expect(lastStartAfter(1, rules.stagger)).toBe(0);
  expect(lastStartAfter(0, rules.stagger)).toBe(0);
});
