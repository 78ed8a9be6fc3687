import { expect, it } from 'vitest';
import { Ceiling, RAISE_EVERY } from '../../../src/engine/governor/ceiling.js';

const NIGHT = 1_000_000;
const taken = (ceiling: Ceiling, connections: number) => Array.from({ length: connections }, () => ceiling.take());

it('bears what is configured until something is refused', () => {
  const ceiling = new Ceiling(() => 40);
  taken(ceiling, 40);
  expect(ceiling.allowed(NIGHT)).toBe(40);
  expect(ceiling.hasRoom(NIGHT)).toBe(true);
});

it('is halved by a refusal, and raised one by one without another, up to what is configured', () => {
  const ceiling = new Ceiling(() => 40);
  const rounds = taken(ceiling, 11);
  ceiling.refused(rounds[10]!, NIGHT);
  ceiling.give();
  expect(ceiling.allowed(NIGHT)).toBe(5);
  expect(ceiling.hasRoom(NIGHT)).toBe(false);
  expect(ceiling.raisedAt(NIGHT + 1)).toBe(NIGHT + RAISE_EVERY);
  expect(ceiling.allowed(NIGHT + RAISE_EVERY)).toBe(6);
  expect(ceiling.allowed(NIGHT + 34 * RAISE_EVERY)).toBe(39);
  expect(ceiling.allowed(NIGHT + 35 * RAISE_EVERY)).toBe(40);
  expect(ceiling.bears(NIGHT + 35 * RAISE_EVERY)).toBeNull();
});

it('is never under 1', () => {
  const ceiling = new Ceiling(() => 2);
  for (let i = 0; i < 5; i++) {
    ceiling.refused(ceiling.take(), NIGHT);
    ceiling.give();
  }
  expect(ceiling.allowed(NIGHT)).toBe(1);
  expect(ceiling.hasRoom(NIGHT)).toBe(true);
});

it('ends at what was let in where 200 were under way at once', () => {
  const ceiling = new Ceiling(() => 200);
  for (const round of taken(ceiling, 200).slice(10)) {
    ceiling.refused(round, NIGHT);
    ceiling.give();
  }
  expect(ceiling.open).toBe(10);
  expect(ceiling.allowed(NIGHT)).toBe(10);
});

it('is lowered once by all connections that are told off together', () => {
  const ceiling = new Ceiling(() => 40);
  for (const round of taken(ceiling, 40)) {
    ceiling.toldOff(round, NIGHT);
    ceiling.give();
  }
  expect(ceiling.allowed(NIGHT)).toBe(20);
});

it('is tried more and more seldom where the next one is always one too many', () => {
  const ceiling = new Ceiling(() => 40);
  taken(ceiling, 3);
  let now = NIGHT;
  const gaps: number[] = [];
  for (let i = 0; i < 6; i++) {
    while (!ceiling.hasRoom(now)) now = ceiling.raisedAt(now);
    gaps.push((now - NIGHT) / RAISE_EVERY);
    ceiling.refused(ceiling.take(), now);
    ceiling.give();
  }
  // 4 of which one was refused: 2, and two raises until a 4th is tried again; each time they take twice as long.
  expect(gaps).toEqual([0, 2, 6, 14, 30, 50]);
});
