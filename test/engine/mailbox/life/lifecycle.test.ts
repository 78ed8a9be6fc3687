import { describe, expect, it } from 'vitest';
import type { LifeEvent } from '../../../../src/engine/mailbox/life/life.js';
import { step } from '../../../../src/engine/mailbox/life/lifecycle.js';
import { can, passwordAskedOf, restOf, stateOf } from '../../../../src/engine/mailbox/life/state-of-life.js';
import type { MailboxOrder } from '../../../../src/protocol/can-be-ordered.js';
import {
  batchContinued,
  batchPaused,
  cameOut,
  continued,
  created,
  decided,
  effectsOf,
  GIVEN_UP,
  givenUp,
  HOLD,
  LOGIN,
  left,
  lived,
  NOW,
  ordered,
  paused,
  REST,
  resting,
  SYNCED,
  stopped,
  takenUp,
  working,
  written,
} from './a-life.js';

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
