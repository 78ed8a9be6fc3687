import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forecast } from '../../../src/engine/roster/forecast.js';
import {
  decide,
  lastStartAfter,
  type NextFirst,
  type SchedulerRules,
  type Waiting,
} from '../../../src/engine/schedule/scheduler.js';

const rules: SchedulerRules = { stagger: { min: 60, max: 90 }, concurrency: 3 };
const NOW = 1_000_000_000;
const ends = { source: '', destination: '' };
const none: NextFirst = new Map();
const at = (instant: number): NextFirst => new Map([['', instant]]);
const first = (id: string, notBefore = 0): Waiting => ({ id, first: true, notBefore, ends });
const again = (id: string, notBefore = 0): Waiting => ({ id, first: false, notBefore, ends });
const half = () => 0.5;

it('has nothing to start and nothing to wake for where nobody waits', () => {
  expect(decide([], 0, none, rules, NOW, half)).toEqual({ start: [], wakeAt: null, nextFirst: none });
});

it('starts one first pass, and the next after the stagger', () => {
  const { start, wakeAt, nextFirst } = decide([first('ann'), first('bob')], 0, none, rules, NOW, half);
  expect(start).toEqual(['ann']);
  expect(nextFirst).toEqual(at(NOW + 75_000));
  expect(wakeAt).toBe(NOW + 75_000);
  expect(decide([first('bob')], 1, nextFirst, rules, NOW + 74_999, half).start).toEqual([]);
  expect(decide([first('bob')], 1, nextFirst, rules, NOW + 75_000, half).start).toEqual(['bob']);
});

it('never staggers those that come back', () => {
  const waiting = [again('ann'), again('bob'), again('cy')];
  expect(decide(waiting, 0, at(NOW + 60_000), rules, NOW, half).start).toEqual(['ann', 'bob', 'cy']);
});

it('lets those that come back go before first passes', () => {
  const { start } = decide([first('new'), again('ann'), again('bob'), again('cy')], 0, none, rules, NOW, half);
  expect(start).toEqual(['ann', 'bob', 'cy']);
});

it('starts nothing over the concurrency, and waits for an end', () => {
  expect(decide([first('ann'), again('bob')], 3, none, rules, NOW, half)).toMatchObject({ start: [], wakeAt: null });
  expect(decide([again('ann'), again('bob')], 2, none, rules, NOW, half).start).toEqual(['ann']);
});

it('wakes for the first of those that rest', () => {
  const waiting = [again('ann', NOW + 5000), again('bob', NOW + 3000)];
  expect(decide(waiting, 0, none, rules, NOW, half)).toMatchObject({ start: [], wakeAt: NOW + 3000 });
});

it('lets a first pass that rests be passed by the one behind it', () => {
  const { start, wakeAt } = decide([first('ann', NOW + 9000), first('bob')], 0, none, rules, NOW, half);
  expect(start).toEqual(['bob']);
  expect(wakeAt).toBe(NOW + 9000);
});

it('starts all at once where the stagger is 0', () => {
  const together = { stagger: { min: 0, max: 0 }, concurrency: 10 };
  expect(decide([first('ann'), first('bob'), first('cy')], 0, none, together, NOW, half).start).toEqual([
    'ann',
    'bob',
    'cy',
  ]);
});

it('keeps the gap within its bounds, whatever the chance', () => {
  for (const random of [0, 0.25, 0.999999]) {
    const nextFirstAt = decide([first('ann')], 0, none, rules, NOW, () => random).nextFirst.get('')!;
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
      let waiting = mailboxes.map(({ isFirst, rest }, i) => ({
        id: `${i}`,
        first: isFirst,
        notBefore: NOW + rest,
        ends,
      }));
      const running: { id: string; endsAt: number }[] = [];
      const starts: number[] = [];
      const started: string[] = [];
      let now = NOW;
      let next = none;
      for (let rounds = 0; waiting.length > 0; rounds++) {
        expect(rounds).toBeLessThan(200);
        const decision = decide(waiting, running.length, next, rules, now, () => random);
        next = decision.nextFirst;
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
    { id: 'ann', first: false, notBefore: 0, ends },
    { id: 'bob', first: false, notBefore: 0, ends },
    { id: 'eve', first: true, notBefore: 0, ends },
    { id: 'tom', first: true, notBefore: 0, ends },
  ];
  const asked: string[] = [];
  const admit = (id: string) => {
    asked.push(id);
    return id === 'bob' ? null : NOW + (id === 'ann' ? 5000 : 9000);
  };
  const decision = decide(waiting, 0, none, rules, NOW, () => 0, admit);
  // A first pass that was not let in uses up no stagger, and nobody overtakes it.
  expect(decision).toEqual({ start: ['bob'], wakeAt: NOW + 5000, nextFirst: none });
  expect(asked).toEqual(['ann', 'bob', 'eve']);
  expect(
    forecast(
      waiting,
      1,
      none,
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

it('staggers the first passes of each source by itself, and passes by an endpoint that has no room', () => {
  const waiting = [
    { ...first('a1'), ends: { source: 'a', destination: 'x' } },
    { ...first('a2'), ends: { source: 'a', destination: 'y' } },
    { ...first('b1'), ends: { source: 'b', destination: 'x' } },
    { ...first('b2'), ends: { source: 'b', destination: 'y' } },
  ];
  const both = decide(waiting, 0, none, rules, NOW, half);
  expect(both.start).toEqual(['a1', 'b1']);
  expect(both.nextFirst).toEqual(
    new Map([
      ['a', NOW + 75_000],
      ['b', NOW + 75_000],
    ]),
  );
  const full = decide(waiting, 0, none, rules, NOW, half, (id) => (id.startsWith('a') ? NOW + 9000 : null));
  expect(full).toMatchObject({ start: ['b1'], wakeAt: NOW + 9000, nextFirst: new Map([['b', NOW + 75_000]]) });
  const told = forecast(waiting, 0, full.nextFirst, rules, NOW);
  expect([...told.values()].map(({ startsAt }) => startsAt)).toEqual([NOW, NOW + 75_000, NOW + 75_000, null]);
});
