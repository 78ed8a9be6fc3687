import { beforeEach, describe, expect, it } from 'vitest';
import type { News } from '../../../src/engine/notices/notice.js';
import { STALLED_AFTER } from '../../../src/engine/notices/stall.js';
import { NO_COUNTS } from '../../../src/protocol/entities.js';
import { aBatch } from '../../support/fake-engine.js';
import { AWatch, inState, MINUTE, refused, SECOND } from './a-watch.js';

let watch: AWatch;

const copying = (id: string) => inState(id, { kind: 'copying' });

const synced = (id: string) => inState(id, { kind: 'synced', at: 0 });

const events = (news: readonly News[]) => news.map(({ event }) => event);

beforeEach(() => {
  watch = new AWatch();
});

describe('a server that is left alone', () => {
  const open = { until: 30 * MINUTE, because: 'BYE [UNAVAILABLE] too many' };
  const withCircuit = (circuit: typeof open | null) => {
    const batch = aBatch();
    return { ...batch, endpoints: { ...batch.endpoints, source: [{ ...batch.endpoints.source[0]!, circuit }] } };
  };
  beforeEach(() => {
    watch.mailboxes = [inState('ann', { kind: 'backing-off', until: 0, because: { key: 'turn' } })];
    watch.batch = withCircuit(open);
  });

  it('is told of at once, with until when', () => {
    expect(watch.look()).toEqual([
      {
        event: 'server-left-alone',
        side: 'source',
        server: 'imaps://old.example:993',
        until: open.until,
        because: open.because,
      },
    ]);
  });

  it('is told of once, also when it is tried in vain, and by the next engine', () => {
    watch.passes(MINUTE);
    watch.batch = withCircuit({ ...open, until: 90 * MINUTE });
    watch.passes(60 * MINUTE);
    watch.restarts();
    watch.batch = withCircuit(null);
    watch.passes(MINUTE);
    watch.batch = withCircuit(open);
    watch.passes(60 * MINUTE);
    expect(events(watch.told.map(({ news }) => news))).toEqual(['server-left-alone']);
  });

  it('is told of again when it had answered, and more rarely when it comes and goes', () => {
    for (let n = 0; n < 40; n++) {
      watch.batch = withCircuit(open);
      watch.passes(20 * SECOND);
      watch.batch = withCircuit(null);
      watch.passes(20 * SECOND);
    }
    expect(watch.told.length).toBeGreaterThan(2);
    expect(watch.told.length).toBeLessThan(7);
  });

  it('that answered the next engine is told of anew', () => {
    watch.passes(MINUTE);
    watch.restarts();
    watch.batch = withCircuit(null);
    watch.mailboxes = [copying('ann')];
    watch.passes(MINUTE);
    watch.batch = withCircuit(open);
    expect(events(watch.passes(MINUTE))).toEqual(['server-left-alone']);
  });
});

describe('a batch that stalls', () => {
  it('is told of after 15 minutes at work without anything to show, once', () => {
    watch.mailboxes = [copying('ann'), inState('bob', { kind: 'connecting' })];
    expect(watch.passes(STALLED_AFTER - SECOND)).toEqual([]);
    expect(watch.passes(SECOND)).toEqual([
      {
        event: 'stalled',
        silentFor: STALLED_AFTER,
        mailboxes: 2,
        examples: ['ann@new.example', 'bob@new.example'],
      },
    ]);
    expect(watch.passes(600 * MINUTE)).toEqual([]);
    watch.restarts();
    expect(watch.passes(600 * MINUTE)).toEqual([]);
  });

  it('is told of again when something had moved', () => {
    watch.mailboxes = [copying('ann')];
    watch.passes(STALLED_AFTER);
    watch.batch = { ...watch.batch, counts: { ...NO_COUNTS, total: 9, copied: 1, left: 8 } };
    watch.passes(MINUTE);
    expect(events(watch.passes(STALLED_AFTER))).toEqual(['stalled']);
    expect(watch.told).toHaveLength(2);
  });

  it('moves as long as bytes do, within one message too', () => {
    watch.mailboxes = [inState('ann', { kind: 'copying' }, { attempts: 2, rate: { messages: 0, bytes: 12 } })];
    for (let n = 0; n < 60; n++) watch.passes(MINUTE);
    expect(watch.told).toEqual([]);
  });

  it('does not move where each attempt sends the same bytes in vain', () => {
    for (let attempts = 1; attempts <= 10; attempts++) {
      watch.mailboxes = [inState('ann', { kind: 'copying' }, { attempts, rate: { messages: 0, bytes: 9_000 } })];
      watch.passes(MINUTE);
      watch.mailboxes = [inState('ann', { kind: 'copying' }, { attempts })];
      watch.passes(4 * MINUTE);
    }
    expect(events(watch.told.map(({ news }) => news))).toEqual(['stalled']);
  });

  it.each([
    ['paused by its operator', { kind: 'paused' }, {}],
    ['resting for a server', { kind: 'backing-off', until: 1e9, because: { key: 'turn' } }, {}],
    ['outside of its hours', { kind: 'queued', startsAt: null, why: { key: 'turn' } }, { closedUntil: 1e9 }],
    ['waiting for a start to come', { kind: 'queued', startsAt: 1e9, why: { key: 'turn' } }, {}],
    ['draining', { kind: 'queued', startsAt: null, why: { key: 'turn' } }, { state: 'draining' }],
  ] as const)('is not one that is %s', (_, state, batch) => {
    watch.mailboxes = [inState('ann', state)];
    watch.batch = { ...watch.batch, ...batch };
    expect(watch.passes(600 * MINUTE)).toEqual([]);
  });

  it('is one where a mailbox could start and none does', () => {
    watch.mailboxes = [inState('ann', { kind: 'queued', startsAt: null, why: { key: 'turn' } })];
    expect(events(watch.passes(STALLED_AFTER))).toEqual(['stalled']);
  });

  it('counts the time at work, and not the rests between attempts', () => {
    for (let n = 0; n < 14; n++) {
      watch.mailboxes = [inState('ann', { kind: 'connecting' })];
      watch.passes(MINUTE);
      watch.mailboxes = [inState('ann', { kind: 'backing-off', until: 0, because: { key: 'turn' } })];
      watch.passes(5 * MINUTE);
    }
    expect(watch.told).toEqual([]);
    watch.mailboxes = [inState('ann', { kind: 'connecting' })];
    expect(events(watch.passes(MINUTE))).toEqual(['stalled']);
  });
});

describe('the end', () => {
  it.each([
    [0, 'all-settled'],
    [3, 'errors-open'],
    [4, 'stopped'],
    [1, 'bug'],
  ] as const)('with exit code %i is told as %s', (exitCode, verdict) => {
    watch.mailboxes = [copying('ann')];
    watch.passes(SECOND);
    watch.mailboxes = [synced('ann')];
    expect(watch.look(exitCode)).toMatchObject([{ event: 'ended', verdict, exitCode }]);
  });

  it('is told when only what needs the operator is left, though a console keeps the engine', () => {
    watch.mailboxes = [copying('ann'), refused('bob')];
    watch.passes(MINUTE);
    watch.mailboxes = [synced('ann'), refused('bob')];
    watch.batch = { ...watch.batch, mailboxes: 2, errors: 1, state: 'waiting' };
    expect(watch.passes(MINUTE)).toMatchObject([{ event: 'ended', verdict: 'errors-open', exitCode: 3 }]);
    // The engine ends at last, hours later.
    watch.passes(600 * MINUTE);
    expect(watch.look(3)).toEqual([]);
  });

  it('is not told where an order begins more work at once', () => {
    watch.mailboxes = [copying('ann')];
    watch.passes(MINUTE);
    watch.mailboxes = [synced('ann')];
    watch.passes(5 * SECOND);
    watch.mailboxes = [copying('ann')];
    expect(watch.passes(10 * MINUTE)).toEqual([]);
  });

  it('is not told of an engine that was opened to be looked at', () => {
    watch.mailboxes = [inState('ann', { kind: 'stopped' })];
    watch.passes(10 * MINUTE);
    expect(watch.look(4)).toEqual([]);
  });

  it('is told of a night that was stopped before it began', () => {
    watch.mailboxes = [inState('ann', { kind: 'queued', startsAt: null, why: { key: 'turn' } })];
    watch.look();
    watch.mailboxes = [inState('ann', { kind: 'stopped' })];
    expect(watch.look(4)).toMatchObject([{ event: 'ended', verdict: 'stopped' }]);
  });
});

describe('an allowance of a day', () => {
  const because = { key: 'allowance', side: 'source', of: 'account', unit: 'bytes', most: 2_000_000_000 } as const;
  const rests = (id: string, until: number) => inState(id, { kind: 'backing-off', until, because });

  it('that is used up is told of once, with when it is renewed, also by the next engine', () => {
    watch.mailboxes = [rests('ann', 90 * MINUTE), rests('ben', 60 * MINUTE)];
    expect(watch.look()).toEqual([
      {
        event: 'budget-spent',
        side: 'source',
        mailboxes: 2,
        examples: ['ann@x', 'ben@x'].map((one) => expect.stringContaining(one.split('@')[0]!)),
        until: 60 * MINUTE,
        because,
      },
    ]);
    watch.restarts();
    watch.mailboxes = [...watch.mailboxes, rests('cy', 95 * MINUTE)];
    expect(watch.passes(59 * MINUTE)).toEqual([]);
  });

  it('is told of again when it was renewed and used up once more', () => {
    watch.mailboxes = [rests('ann', 60 * MINUTE)];
    watch.look();
    watch.mailboxes = [copying('ann')];
    watch.passes(61 * MINUTE);
    watch.mailboxes = [rests('ann', 1_500 * MINUTE)];
    expect(events(watch.look())).toEqual(['budget-spent']);
  });
});

describe('hours that end', () => {
  const window = { from: 0, to: 6 * 60, zone: 'UTC' };
  beforeEach(() => {
    watch.moment = MINUTE;
    watch.batch = { ...aBatch(), window, mailboxes: 3 };
    watch.mailboxes = [inState('ann', { kind: 'queued', startsAt: null, why: { key: 'turn' } }), synced('ben')];
  });
  const closing = () => watch.told.filter(({ news }) => news.event === 'window-closing');

  it('are told of half an hour before, with the mailboxes that are left, once for each end', () => {
    watch.passes(5 * 60 * MINUTE);
    expect(closing()).toEqual([]);
    watch.passes(45 * MINUTE);
    watch.restarts();
    watch.passes(10 * MINUTE);

    expect(closing()).toEqual([
      { at: 330 * MINUTE, news: { event: 'window-closing', closesAt: 360 * MINUTE, left: 1, mailboxes: 3 } },
    ]);
  });

  it('are no news where nothing is left', () => {
    watch.mailboxes = [synced('ben')];
    watch.passes(360 * MINUTE);
    expect(closing()).toEqual([]);
  });
});
