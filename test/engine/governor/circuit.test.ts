import { expect, it } from 'vitest';
import { Circuit } from '../../../src/engine/governor/circuit.js';
import { classify } from '../../../src/engine/responses/classify.js';

const NIGHT = 1_000_000;
const MINUTE = 60_000;
const maintenance = classify({ line: '* BYE [UNAVAILABLE] Down for maintenance', command: 'connect', side: 'source' });

function opened(): Circuit {
  const circuit = new Circuit(() => 0.5);
  for (const mailbox of ['ann', 'bob', 'eve']) circuit.met(mailbox, maintenance, 'down', NIGHT);
  return circuit;
}

it('opens for three different mailboxes in a row, and not for one that met it three times', () => {
  const circuit = new Circuit(() => 0.5);
  for (let i = 0; i < 3; i++) circuit.met('ann', maintenance, 'down', NIGHT);
  expect(circuit.state.kind).toBe('closed');
  circuit.met('bob', maintenance, 'down', NIGHT);
  expect(circuit.state.kind).toBe('closed');
  circuit.met('eve', maintenance, 'down', NIGHT);
  expect(circuit.state).toEqual({ kind: 'open', until: NIGHT + 5 * MINUTE, because: 'down' });
});

it('does not open if a mailbox was let in in between', () => {
  const circuit = new Circuit(() => 0.5);
  for (const mailbox of ['ann', 'bob', 'eve', 'tom']) {
    circuit.met(mailbox, maintenance, 'down', NIGHT);
    if (mailbox === 'bob') circuit.answered(NIGHT);
  }
  expect(circuit.state.kind).toBe('closed');
});

it('lets one try when its time has come, and the others wait for that one', () => {
  const circuit = opened();
  expect(circuit.bars(NIGHT + MINUTE, 'in turn')).toEqual({
    until: NIGHT + 5 * MINUTE,
    why: { key: 'circuit', response: 'down', probe: 'to come' },
  });
  const then = NIGHT + 5 * MINUTE;
  expect(circuit.bars(then, 'in turn')).toBeNull();
  circuit.enter('tom', then);
  expect(circuit.bars(then, 'in turn')).toMatchObject({ why: { key: 'circuit', response: 'down', probe: 'at work' } });
  expect(circuit.bars(then, 'by order')).not.toBeNull();
});

it('waits longer each time, as a mailbox would: maintenance 5, 10, 20, then 30 minutes', () => {
  const circuit = opened();
  const waits: number[] = [];
  let now = NIGHT;
  for (let i = 0; i < 5; i++) {
    const { state } = circuit;
    if (state.kind !== 'open') throw new Error(state.kind);
    waits.push((state.until - now) / MINUTE);
    now = state.until;
    circuit.enter('tom', now);
    // Mailboxes that were under way before say nothing new.
    circuit.met('ann', maintenance, 'down', now);
    expect(circuit.state.kind).toBe('probing');
    circuit.met('tom', maintenance, 'down', now);
  }
  expect(waits).toEqual([5, 10, 20, 30, 30]);
});

it('closes when the one that tries is let in, and the others come one after the other', () => {
  const circuit = opened();
  const then = NIGHT + 5 * MINUTE;
  circuit.enter('tom', then);
  circuit.answered(then);
  expect(circuit.state.kind).toBe('closed');
  const starts: number[] = [];
  for (let now = then; starts.length < 4; now += 100) {
    if (circuit.bars(now, 'in turn')) continue;
    circuit.enter(`user${starts.length}`, now);
    starts.push(now - then);
  }
  expect(starts).toEqual([0, 1000, 2000, 3000]);
  // Ten minutes later nothing is left of it.
  const later = then + 11 * MINUTE;
  circuit.enter('x', later);
  expect(circuit.bars(later, 'in turn')).toBeNull();
});

it('lets the operator try before the time, alone', () => {
  const circuit = opened();
  expect(circuit.bars(NIGHT + 1, 'by order')).toBeNull();
  circuit.enter('tom', NIGHT + 1);
  expect(circuit.bars(NIGHT + 2, 'by order')).not.toBeNull();
});

it('lets another one try where the first was stopped before it had an answer', () => {
  const circuit = opened();
  const then = NIGHT + 5 * MINUTE;
  circuit.enter('tom', then);
  circuit.left('ann', then);
  expect(circuit.bars(then, 'in turn')).not.toBeNull();
  circuit.left('tom', then);
  expect(circuit.bars(then, 'in turn')).toBeNull();
});
