import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  NightSeries,
  type PaceSample,
  type Standstill,
  standstillsOf,
} from '../../../src/engine/publish/night-series.js';
import { NO_STATES } from '../../../src/protocol/entities.js';

const START = Date.UTC(2026, 0, 15, 22, 0, 0);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const aSample = (more: Partial<PaceSample> = {}): PaceSample => ({
  messages: 0,
  bytesPerSecond: 0,
  events: { dropped: 0, throttled: 0, held: 0 },
  standstills: new Set<Standstill>(),
  ...more,
});
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

describe('the pace of a night', () => {
  it('is kept in 240 stretches at most, and loses no message however long it lasts', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 * HOUR }), fc.nat(1_000)), { maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.nat(10_000), (all, before) => {
        const series = new NightSeries(null, START);
        let [now, messages] = [START, before];
        series.note(now, aSample({ messages }));
        for (const [ms, more] of all) {
          now += ms;
          messages += more;
          series.note(now, aSample({ messages }));
        }
        const { pace } = series;
        expect(pace.messages.length).toBeLessThanOrEqual(240);
        expect(pace.bytes).toHaveLength(pace.messages.length);
        expect(sum(pace.messages)).toBe(messages - before);
        expect(pace.until).toBe(now);
        // As many stretches as the time has: 10 s each, doubled until they do.
        expect(pace.messages).toHaveLength(Math.floor((now - START) / pace.stretch) + 1);
        expect(Number.isInteger(Math.log2(pace.stretch / (10 * SECOND)))).toBe(true);
      }),
    );
  });

  it('counts bytes by the rate of the wire, and not over a time of which it says nothing', () => {
    const series = new NightSeries(null, START);
    series.note(START, aSample());
    for (let at = 1; at <= 30; at++) series.note(START + at * SECOND, aSample({ bytesPerSecond: 50_000 }));
    expect(sum(series.pace.bytes)).toBe(30 * 50_000);
    series.note(START + HOUR, aSample({ bytesPerSecond: 50_000 }));
    expect(sum(series.pace.bytes)).toBe(40 * 50_000);
  });

  it('marks what happened where it did, and standstills for as long as they last', () => {
    const series = new NightSeries(null, START);
    series.note(START, aSample());
    series.note(START + 15 * SECOND, aSample({ events: { dropped: 2, throttled: 0, held: 0 } }));
    series.note(
      START + 32 * SECOND,
      aSample({ events: { dropped: 2, throttled: 1, held: 1 }, standstills: new Set(['window closed']) }),
    );
    series.note(START + 62 * SECOND, aSample({ events: { dropped: 2, throttled: 1, held: 0 } }));
    series.note(START + 85 * SECOND, aSample({ events: { dropped: 2, throttled: 1, held: 0 } }));
    expect(series.pace.marks).toEqual({
      dropped: [1],
      throttled: [3],
      held: [3],
      'window closed': [3, 4, 5, 6],
      'left alone': [],
      resting: [],
      paused: [],
      'no engine': [],
    });
  });

  it('goes on from what another engine kept, and says when none ran', () => {
    const first = new NightSeries(null, START);
    first.note(START, aSample());
    first.note(START + 20 * SECOND, aSample({ messages: 100 }));
    const second = new NightSeries(first.pace, START + 60 * SECOND);
    // It reads that 100 were copied: by the other one.
    second.note(START + 60 * SECOND, aSample({ messages: 100 }));
    second.note(START + 75 * SECOND, aSample({ messages: 130 }));
    expect(second.pace.messages).toEqual([0, 0, 100, 0, 0, 0, 0, 30]);
    expect(second.pace.marks['no engine']).toEqual([2, 3, 4, 5, 6]);
  });

  it('moves along where the clock on the wall is set', () => {
    const series = new NightSeries(null, START);
    series.note(START, aSample());
    series.clockSet(HOUR);
    series.note(START + HOUR + 5 * SECOND, aSample({ messages: 7 }));
    expect(series.pace).toMatchObject({ from: START + HOUR, stretch: 10 * SECOND, messages: [7] });
  });
});

describe('a standstill', () => {
  const endpoint = {
    name: 'mail.example',
    software: '',
    connections: 0,
    allowed: 10,
    throttledUntil: null,
    unreachableUntil: null,
    circuit: null,
  };
  const batch = {
    state: 'running',
    byState: { ...NO_STATES, 'backing-off': 2 },
    closedUntil: null,
    endpoints: { source: [endpoint], destination: [endpoint] },
  } as const;

  it('is a rest only where nothing is at work', () => {
    expect([...standstillsOf(batch)]).toEqual(['resting']);
    expect([...standstillsOf({ ...batch, byState: { ...batch.byState, scanning: 1 } })]).toEqual([]);
  });

  it('may have several reasons at once', () => {
    const alone = { ...endpoint, circuit: { until: START, because: 'maintenance' } };
    const endpoints = { source: [endpoint], destination: [alone] };
    expect([...standstillsOf({ ...batch, endpoints, state: 'paused', closedUntil: START })]).toEqual([
      'left alone',
      'window closed',
      'resting',
      'paused',
    ]);
  });
});
