import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Life, LifeEvent, Outcome } from '../../../../src/engine/mailbox/life/life.js';
import { type Step, step } from '../../../../src/engine/mailbox/life/lifecycle.js';
import { can, isBusy, restOf, stateOf } from '../../../../src/engine/mailbox/life/state-of-life.js';
import type { MailboxOrder } from '../../../../src/protocol/can-be-ordered.js';
import { adviceText } from '../../../../src/words/advice/advice-text.js';
import { reasonText } from '../../../../src/words/reason-text.js';
import { said } from '../../../support/a-reason.js';
import { continued, created, GIVEN_UP, givenUp, lived, NOW, ordered, paused, SYNCED, stopped } from './a-life.js';

// Random lives: every sequence of events keeps these laws.

const side = fc.constantFrom('source', 'destination');
const instant = fc.integer({ min: NOW - 1_000, max: NOW + 3_600_000 });
const by = fc.constantFrom('operator', 'batch');
const cause = fc.record({ of: fc.constantFrom('login', 'endpoint'), side });
const hold = fc.record({
  because: fc.constant(said('source', 'NO')),
  asks: fc.constant({ key: 'report' } as const),
  password: fc.option(side),
});
const through = fc.constantFrom(SYNCED, {
  kind: 'incomplete',
  at: NOW,
  left: 2,
  because: { key: 'short', by: [] },
} as const);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('through'), state: through }),
  fc.record({ kind: fc.constant('rest'), until: instant, because: fc.constant(said('source', 'NO')) }),
  fc.record({ kind: fc.constant('hold'), hold }),
  fc.constant({ kind: 'left' as const }),
);
const event = fc.oneof(
  fc.record({ kind: fc.constant('turned'), phase: fc.constantFrom('scanning', 'copying', 'verifying') }),
  fc.record({ kind: fc.constant('came out'), outcome }),
  fc.constant({ kind: 'started' }),
  fc.record({ kind: fc.constant('written'), due: fc.option(instant) }),
  fc.record({ kind: fc.constant('broke'), hold }),
  fc.record({ kind: fc.constant('paused'), by }),
  fc.record({ kind: fc.constant('continued'), by }),
  fc.record({ kind: fc.constant('stopped'), how: fc.constantFrom('drain', 'now') }),
  fc.constant({ kind: 'window closed' }),
  fc.constant(givenUp),
  fc.record({ kind: fc.constant('taken up'), to: fc.constantFrom('queue', 'rest') }),
  fc.record({
    kind: fc.constantFrom('ordered', 'decided', 'released'),
    at: instant,
    why: fc.constant({ key: 'turn' as const }),
  }),
  fc.record({ kind: fc.constant('rest raised'), until: instant }),
  fc.constant({ kind: 'answered' }),
  fc.record({ kind: fc.constant('held with others'), hold, cause }),
  fc.record({ kind: fc.constantFrom('cause is common', 'cause is gone'), cause }),
  fc.record({ kind: fc.constant('told'), startsAt: fc.option(instant), why: fc.constant({ key: 'turn' as const }) }),
  fc.record({ kind: fc.constant('clock set'), by: fc.integer({ min: -500, max: 500 }) }),
) as fc.Arbitrary<LifeEvent>;

/** The scheduler starts only what waits in the queue; the worker reports only what runs. */
function canHappen(life: Life, { kind }: LifeEvent): boolean {
  if (kind === 'started') return life.at === 'queue';
  if (kind === 'broke') return isBusy(life);
  return true;
}

/** Calls back for each event of random lives. */
function everyStep(check: (before: Life, event: LifeEvent, after: Step) => void): void {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let life = lived(created);
      for (const one of events) {
        if (!canHappen(life, one)) continue;
        const next = step(life, one, NOW);
        check(life, one, next);
        life = next.life;
      }
    }),
    { numRuns: 2_000 },
  );
}

describe('in every life', () => {
  it('a mailbox at work is ended by its attempt alone', () =>
    everyStep((before, { kind }, { life }) => {
      if (before.at === 'work' && kind !== 'broke') expect(['work', 'closing']).toContain(life.at);
      if (before.at === 'closing' && kind !== 'broke' && kind !== 'written') expect(life.at).toBe('closing');
    }));

  it('a stop is never forgotten', () =>
    everyStep((before, { kind }, { life }) => {
      if (!isBusy(before) || before.order.kind !== 'stop') return;
      // A mailbox that is given up meanwhile comes to rest, too.
      if (kind === 'given up') return;
      if (isBusy(life)) expect(life.order.kind).toBe('stop');
      else if (kind === 'written') expect(['rest', 'hold', 'queue']).toContain(life.at);
      // Only the password that was asked for lets a held mailbox queue again.
      if (life.at === 'queue') expect(before.answered).toBe(true);
    }));

  it('a pause never shortens a wait that a server named', () =>
    everyStep((before, { kind }, { life }) => {
      const rest = restOf(before);
      if (rest === null) return;
      if (kind === 'paused' || (kind === 'continued' && rest.until > NOW)) expect(restOf(life)?.until).toBe(rest.until);
    }));

  it('nothing that is held starts without an answer, an order, a decision or the end of its cause', () =>
    everyStep((before, { kind }, { life }) => {
      if (before.at === 'hold' && life.at !== 'hold')
        expect(['answered', 'ordered', 'decided', 'released', 'cause is gone', 'given up']).toContain(kind);
    }));

  it('one that was given up rests until that is undone', () =>
    everyStep((before, { kind }, { life }) => {
      if (stateOf(before).kind !== 'given-up') return;
      if (kind !== 'taken up' && kind !== 'broke') expect(stateOf(life)).toEqual(GIVEN_UP);
    }));

  it('a state that waits names what it waits for', () =>
    everyStep((_, __, { life }) => {
      const state = stateOf(life);
      if (state.kind === 'queued') expect(reasonText(state.why)).not.toBe('');
      if (state.kind === 'backing-off') expect(reasonText(state.because)).not.toBe('');
      if (state.kind === 'held') expect(adviceText(state.asks, 'night')).not.toBe('');
    }));

  it('an order that means nothing changes nothing', () =>
    everyStep((before) => {
      const events: Readonly<Record<MailboxOrder, LifeEvent>> = {
        pause: paused,
        continue: continued,
        start: ordered(NOW),
        postpone: ordered(NOW + 60_000),
        stop: stopped,
        'give-up': givenUp,
      };
      for (const [order, one] of Object.entries(events) as [MailboxOrder, LifeEvent][])
        if (order !== 'postpone' && can(order, before) !== null && !(isBusy(before) && before.order.kind === 'stop'))
          expect(step(before, one, NOW)).toEqual({ life: before, effects: [] });
    }));

  it('an order that means something changes something', () =>
    everyStep((before) => {
      if (can('pause', before) === null && !(isBusy(before) && before.order.kind === 'pause'))
        expect(step(before, paused, NOW).life).not.toEqual(before);
      if (can('start', before) === null) expect(step(before, ordered(NOW), NOW).life.at).toBe('queue');
      if (can('stop', before) === null && !isBusy(before)) expect(step(before, stopped, NOW).life.at).toBe('rest');
    }));
});
