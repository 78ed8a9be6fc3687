import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailboxState, StateChange } from '../../../src/protocol/entities.js';
import { nextStart, scheduleOrder, scheduleRow, stretchesOf, sumWaiting } from '../../../src/ui/select/schedule.js';
import { said } from '../../support/a-reason.js';
import { aCopying, aHeld, aMailbox, aNight, MINUTE, NOW } from '../support/a-batch.js';

describe('the schedule', () => {
  it('has those at work first, then those that come back, then the starts in their order, then who waits for a place', () => {
    const order = scheduleOrder(aNight()).map(({ email }) => email);
    expect(order.slice(0, 8)).toEqual(['ann', 'bob', '日本支社@example.jp', 'dave', 'eve', 'carol', 'fred', 'grace']);
    expect(order.at(-1)).toMatch(/^(maria|tom)@/);
    expect(order).toHaveLength(49);
  });

  it('has those that wait for a place in the order in which they are planned to start', () => {
    const queued = aNight().filter(({ state }) => state.kind === 'queued' && state.startsAt === null);
    const plan = new Map(
      queued.map(({ id }, index) => {
        const from = NOW + (queued.length - index) * MINUTE;
        return [id, { id, stretches: [{ kind: 'works', from, to: from + MINUTE }], doneAt: from + MINUTE }] as const;
      }),
    );
    expect(scheduleOrder(queued, plan)).toEqual(queued.toReversed());
  });

  it('says of each why it does not start yet', () => {
    const why = (email: string) => {
      const mailbox = aNight().find((one) => one.email === email);
      if (!mailbox) throw new Error(email);
      return scheduleRow(mailbox, NOW).why;
    };
    expect(why('ann')).toBe('copying Archive/2019');
    expect(why('carol')).toBe('back in 3:41  source UNAVAILABLE Mailbox is being checked');
    expect(why('fred')).toBe('starts in 0:38  staggered start');
    expect(why('queued1@example.org')).toBe('waits its turn, 20 at once');
    expect(why('maria@new.example')).toContain('held  destination OVERQUOTA');
  });

  it('knows the last start and how many wait for a place', () => {
    expect(sumWaiting(aNight())).toEqual({ noPlace: 39, otherWaves: 0, lastStart: NOW + 111_000 });
    expect(sumWaiting([])).toEqual({ noPlace: 0, otherWaves: 0, lastStart: null });
    expect(nextStart(aHeld('maria', said('source', 'NO'), ''))).toBeNull();
  });
});

describe('stretches of time', () => {
  it('are what was, out of the history, and what will be, out of the state', () => {
    const carol = aNight().find(({ email }) => email === 'carol');
    if (!carol) throw new Error('carol');
    expect(stretchesOf(carol, NOW)).toEqual([
      { activity: 'works', from: NOW - 40 * MINUTE, to: NOW - 79_000 },
      { activity: 'rests', from: NOW - 79_000, to: NOW + 221_000 },
    ]);
  });

  it('go on to the end that the engine expects', () => {
    expect(stretchesOf(aCopying('ann', 0.5), NOW).at(-1)).toEqual({
      activity: 'will-work',
      from: NOW,
      to: NOW + 118 * MINUTE,
    });
  });

  it('begin at the start where the engine kept no history', () => {
    expect(stretchesOf(aCopying('ann', 0.5, { history: [], eta: null }), NOW)).toEqual([
      { activity: 'works', from: NOW - 12 * MINUTE, to: NOW },
    ]);
    expect(stretchesOf(aMailbox('fred'), NOW)).toEqual([]);
  });

  it('never overlap and never run backwards, whatever the history', () => {
    const kinds: readonly MailboxState['kind'][] = ['queued', 'connecting', 'copying', 'backing-off', 'held', 'paused'];
    const change = fc.record({ ago: fc.integer({ min: 0, max: 10_000 }), kind: fc.constantFrom(...kinds) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), fc.integer({ min: -500, max: 500 }), (changes, ahead) => {
        const history: StateChange[] = changes
          .sort((a, b) => b.ago - a.ago)
          .map(({ ago, kind }) => ({ at: NOW - ago, kind, because: null }));
        const state: MailboxState = { kind: 'backing-off', until: NOW + ahead, because: { key: 'turn' } };
        const stretches = stretchesOf(aMailbox('ann', { history, state }), NOW);
        for (const [i, { from, to }] of stretches.entries()) {
          expect(to).toBeGreaterThan(from);
          if (i > 0) expect(from).toBeGreaterThanOrEqual(stretches[i - 1]?.to ?? 0);
        }
      }),
    );
  });
});
