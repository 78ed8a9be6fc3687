import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommonCause, Life, LifeEvent, Outcome } from '../../../../src/engine/mailbox/life/life.js';
import { type Step, step } from '../../../../src/engine/mailbox/life/lifecycle.js';
import {
  can,
  isBusy,
  lifeOf,
  passwordAskedOf,
  restOf,
  stateOf,
} from '../../../../src/engine/mailbox/life/state-of-life.js';
import type { MailboxOrder } from '../../../../src/protocol/can-be-ordered.js';
import { reasonText } from '../../../../src/words/reason-text.js';
import { said } from '../../../support/a-reason.js';

const NOW = 1_000_000;
const LOGIN: CommonCause = { of: 'login', side: 'source', key: '' };
const HOLD = { because: said('source', 'NO [AUTHENTICATIONFAILED]'), asks: 'Answer.', password: 'source' } as const;
const REST: Outcome = { kind: 'rest', until: NOW + 600_000, because: said('source', 'NO [UNAVAILABLE]') };
const SYNCED = { kind: 'synced', at: NOW } as const;

/** Takes a new mailbox through events. */
function lived(...events: readonly LifeEvent[]): Life {
  return events.reduce<Life>((life, event) => step(life, event, NOW).life, lifeOf({ kind: 'stopped' }));
}

/** The effects of the last of some events. */
function effectsOf(...events: readonly LifeEvent[]): Step['effects'] {
  return step(lived(...events.slice(0, -1)), events.at(-1)!, NOW).effects;
}

const created: LifeEvent = { kind: 'created' };
const started: LifeEvent = { kind: 'started' };
const working = [created, started] as const;
const cameOut = (outcome: Outcome): LifeEvent => ({ kind: 'came out', outcome });
const written: LifeEvent = { kind: 'written', due: null };
const paused: LifeEvent = { kind: 'paused', by: 'operator' };
const batchPaused: LifeEvent = { kind: 'paused', by: 'batch' };
const continued: LifeEvent = { kind: 'continued', by: 'operator' };
const batchContinued: LifeEvent = { kind: 'continued', by: 'batch' };
const stopped: LifeEvent = { kind: 'stopped', how: 'drain' };
const left = cameOut({ kind: 'left' });
const ordered = (at: number): LifeEvent => ({ kind: 'ordered', at, why: { key: 'order' } });
const decided = (at: number): LifeEvent => ({ kind: 'decided', at, why: { key: 'decision', decision: 1 } });
const GIVEN_UP = { kind: 'given-up', at: NOW, by: 'eva', reason: 'left the school' } as const;
const givenUp: LifeEvent = { kind: 'given up', state: GIVEN_UP };
const takenUp: LifeEvent = { kind: 'taken up', to: 'queue' };
const resting = [...working, cameOut(REST), written] as const;

describe('a mailbox that is given up', () => {
  it('rests, whatever it waited for, and nothing but the undoing lets it queue again', () => {
    for (const before of [
      [created],
      resting,
      [...resting, paused],
      [...working, cameOut({ kind: 'hold', hold: HOLD }), written],
    ])
      expect(stateOf(lived(...before, givenUp))).toEqual(GIVEN_UP);
    expect(lived(created, givenUp, ordered(NOW), decided(NOW), stopped, created)).toEqual({
      at: 'rest',
      state: GIVEN_UP,
    });
    expect(stateOf(lived(created, givenUp, takenUp))).toMatchObject({ kind: 'queued' });
    expect(stateOf(lived(created, givenUp, { kind: 'taken up', to: 'rest' }))).toEqual({ kind: 'stopped' });
  });

  it('settles first what is in flight', () => {
    expect(effectsOf(...working, givenUp)).toEqual(['halt']);
    expect(stateOf(lived(...working, givenUp))).toEqual({ kind: 'connecting' });
    expect(stateOf(lived(...working, givenUp, left, written))).toEqual(GIVEN_UP);
    expect(stateOf(lived(...working, givenUp, paused, stopped, left, written))).toEqual(GIVEN_UP);
    expect(stateOf(lived(...working, givenUp, takenUp, left, written))).toMatchObject({ kind: 'queued' });
  });

  it('takes no other order', () => {
    const life = lived(created, givenUp);
    expect(['start', 'pause', 'postpone', 'stop', 'give-up'].map((order) => can(order as MailboxOrder, life))).toEqual([
      'given up',
      'not running',
      'not waiting',
      'not running',
      'given up',
    ]);
    expect(can('pause', lived(...working, givenUp))).toBe('being stopped');
  });
});

describe('a pause', () => {
  it('settles what is in flight, and shows as paused when that is done', () => {
    expect(effectsOf(...working, paused)).toEqual(['settle']);
    expect(stateOf(lived(...working, paused))).toEqual({ kind: 'connecting' });
    expect(stateOf(lived(...working, paused, left, written))).toEqual({ kind: 'paused' });
  });

  it('keeps the wait that a server named, and gives it back', () => {
    const life = lived(...resting, paused);
    expect(stateOf(life)).toEqual({ kind: 'paused' });
    expect(restOf(life)).toMatchObject({ until: NOW + 600_000 });
    expect(stateOf(lived(...resting, paused, continued))).toMatchObject({ kind: 'backing-off', until: NOW + 600_000 });
  });

  it('keeps a wait that a server named while the last in flight was settled', () => {
    const life = lived(...working, paused, cameOut(REST), written);
    expect(stateOf(life)).toEqual({ kind: 'paused' });
    expect(restOf(life)).toMatchObject({ until: NOW + 600_000 });
  });

  it('of the whole batch leaves those that wait where they are', () => {
    expect(stateOf(lived(...resting, batchPaused))).toMatchObject({ kind: 'backing-off' });
    expect(stateOf(lived(created, batchPaused))).toMatchObject({ kind: 'queued' });
  });

  it('of the whole batch ends without those that were paused by name', () => {
    expect(stateOf(lived(...working, paused, left, written, batchContinued))).toEqual({ kind: 'paused' });
    expect(stateOf(lived(...working, paused, batchPaused, left, written, batchContinued))).toEqual({ kind: 'paused' });
    expect(stateOf(lived(...working, batchPaused, left, written, batchContinued))).toMatchObject({ kind: 'queued' });
  });

  it('that is taken back before the connections are closed lets the mailbox queue again', () => {
    expect(lived(...working, paused, continued, left, written)).toMatchObject({
      at: 'queue',
      turn: { starts: 'by order', notBefore: 0 },
    });
  });

  it('outlasts a decision: the mailbox starts by it once it is continued', () => {
    const life = lived(...working, paused, left, written, decided(NOW));
    expect(stateOf(life)).toEqual({ kind: 'paused' });
    expect(step(life, continued, NOW).life).toMatchObject({ at: 'queue', turn: { starts: 'by order' } });
  });

  it('outlasts a decision that is due when the attempt has gone through', () => {
    const through = cameOut({ kind: 'through', state: SYNCED });
    const life = lived(...working, paused, through, { kind: 'written', due: NOW + 5 });
    expect(life).toMatchObject({ at: 'pause', turn: { notBefore: NOW + 5 } });
  });

  it('leaves nothing to continue where the mailbox came to its end first', () => {
    const life = lived(...working, paused, cameOut({ kind: 'through', state: SYNCED }), written);
    expect(stateOf(life)).toEqual(SYNCED);
    expect(can('continue', life)).toBe('not paused');
  });
});

describe('a stop', () => {
  it('is not forgotten over a rest that the attempt ends with', () => {
    expect(stateOf(lived(...working, stopped, cameOut(REST), written))).toEqual({ kind: 'stopped' });
  });

  it('outlasts a pause before it, a pause after it and a continue', () => {
    expect(stateOf(lived(...working, paused, stopped, left, written))).toEqual({ kind: 'stopped' });
    expect(stateOf(lived(...working, stopped, paused, left, written))).toEqual({ kind: 'stopped' });
    expect(stateOf(lived(...working, stopped, batchPaused, batchContinued, left, written))).toEqual({
      kind: 'stopped',
    });
    expect(can('pause', lived(...working, stopped))).toBe('being stopped');
  });

  it('outlasts a decision that is due when the attempt has gone through', () => {
    const through = cameOut({ kind: 'through', state: SYNCED });
    expect(stateOf(lived(...working, stopped, through, { kind: 'written', due: NOW }))).toEqual(SYNCED);
  });

  it('drops the connections only where it is told to', () => {
    expect(effectsOf(...working, stopped)).toEqual(['halt']);
    expect(effectsOf(...working, { kind: 'stopped', how: 'now' })).toEqual(['halt', 'drop']);
  });

  it('takes a mailbox out of the queue, and out of a pause', () => {
    expect(stateOf(lived(created, stopped))).toEqual({ kind: 'stopped' });
    expect(stateOf(lived(...resting, paused, stopped))).toEqual({ kind: 'stopped' });
  });
});

describe('a hold', () => {
  const held = [...working, cameOut({ kind: 'hold', hold: HOLD }), written] as const;

  it('ends with a password that came while the refusal was being written down', () => {
    expect(
      stateOf(lived(...working, { kind: 'answered' }, cameOut({ kind: 'hold', hold: HOLD }), written)),
    ).toMatchObject({ kind: 'queued' });
    expect(
      stateOf(lived(...working, cameOut({ kind: 'hold', hold: HOLD }), { kind: 'answered' }, written)),
    ).toMatchObject({ kind: 'queued' });
  });

  it('for something else does not end with a password', () => {
    const hold = { ...HOLD, password: null };
    expect(stateOf(lived(...working, { kind: 'answered' }, cameOut({ kind: 'hold', hold }), written)).kind).toBe(
      'held',
    );
    expect(stateOf(lived(...working, cameOut({ kind: 'hold', hold }), written, { kind: 'answered' })).kind).toBe(
      'held',
    );
  });

  it('that others share gives each its wait back when the cause is gone', () => {
    const together: LifeEvent = { kind: 'held with others', hold: HOLD, cause: LOGIN };
    const gone: LifeEvent = { kind: 'cause is gone', cause: LOGIN };
    expect(stateOf(lived(...resting, together))).toMatchObject({ kind: 'held' });
    expect(stateOf(lived(...resting, together, gone))).toMatchObject({ kind: 'backing-off', until: NOW + 600_000 });
    expect(stateOf(lived(...held, { kind: 'cause is common', cause: LOGIN }, gone))).toMatchObject({ kind: 'queued' });
  });

  it('is not ended by the end of another cause', () => {
    const gone: LifeEvent = { kind: 'cause is gone', cause: { of: 'endpoint', side: 'source', key: '' } };
    expect(stateOf(lived(...held, { kind: 'cause is common', cause: LOGIN }, gone)).kind).toBe('held');
    expect(stateOf(lived(...held, gone)).kind).toBe('held');
  });

  it('lets refused messages be tried again where an operator starts it, and not where a decision does', () => {
    expect(effectsOf(...held, ordered(NOW))).toEqual(['forgive', 'wake']);
    expect(effectsOf(...held, decided(NOW))).toEqual(['trouble is over', 'wake']);
    expect(effectsOf(...held, { kind: 'released', at: NOW, why: { key: 'decision', decision: 1 } })).toEqual([
      'forgive',
      'wake',
    ]);
  });

  it('that is released while it is written down queues afterwards', () => {
    const life = lived(...working, cameOut({ kind: 'hold', hold: HOLD }), {
      kind: 'released',
      at: NOW,
      why: { key: 'decision', decision: 1 },
    });
    expect(passwordAskedOf(life)).toBeNull();
    expect(stateOf(step(life, written, NOW).life)).toMatchObject({ kind: 'queued' });
  });
});

it('a mailbox whose window closed queues again with its wait, and needs no order', () => {
  const closed: LifeEvent = { kind: 'window closed' };
  expect(effectsOf(...working, closed)).toEqual(['settle']);
  expect(stateOf(lived(...working, closed, left, written))).toMatchObject({ kind: 'queued' });
  expect(stateOf(lived(...working, closed, cameOut(REST), written))).toMatchObject({ kind: 'backing-off' });
  expect(stateOf(lived(...working, paused, closed, left, written))).toEqual({ kind: 'paused' });
});

it('a later decision does not delay a mailbox that starts sooner by itself', () => {
  expect(stateOf(lived(created, decided(NOW + 60_000)))).toMatchObject({ kind: 'queued', startsAt: null });
  expect(stateOf(lived(...resting, decided(NOW)))).toMatchObject({ kind: 'queued', startsAt: NOW });
});

it('instants move along with the clock on the wall, in the queue, in a pause, in a hold and while an attempt closes', () => {
  const hourLater: LifeEvent = { kind: 'clock set', by: 3_600_000 };
  const until = NOW + 600_000 + 3_600_000;
  expect(stateOf(lived(...resting, hourLater))).toMatchObject({ until });
  expect(restOf(lived(...resting, paused, hourLater))).toMatchObject({ until });
  expect(stateOf(lived(...working, cameOut(REST), hourLater, written))).toMatchObject({ until });
  const together: LifeEvent = { kind: 'held with others', hold: HOLD, cause: LOGIN };
  const gone: LifeEvent = { kind: 'cause is gone', cause: LOGIN };
  expect(stateOf(lived(...resting, together, hourLater, gone))).toMatchObject({ until });
});

// Random lives: every sequence of events keeps these laws.

const side = fc.constantFrom('source', 'destination');
const instant = fc.integer({ min: NOW - 1_000, max: NOW + 3_600_000 });
const by = fc.constantFrom('operator', 'batch');
const cause = fc.record({ of: fc.constantFrom('login', 'endpoint'), side });
const hold = fc.record({
  because: fc.constant(said('source', 'NO')),
  asks: fc.constant('Act.'),
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
      if (state.kind === 'held') expect(state.asks).not.toBe('');
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
