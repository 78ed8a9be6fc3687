import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfSchedule, type Remaining } from '../../../src/engine/eta/remaining-schedule.js';

const MINUTE = 60_000;
const NONE = { min: 0, max: 0 };
const atWork = (work: number): Remaining => ({ kind: 'at work', work, rests: 0 });
const first = (work: number, notBefore = 0): Remaining => ({ kind: 'first', notBefore, work, rests: 0 });
const again = (work: number, notBefore: number): Remaining => ({ kind: 'again', notBefore, work, rests: 0 });
const end = (mailboxes: readonly Remaining[], concurrency = 2, stagger = NONE, nextFirst = 0) =>
  endOfSchedule({ mailboxes, rules: { concurrency, stagger }, nextFirst });

describe('the end of the rest of a schedule', () => {
  it('is now where nothing is left', () => {
    expect(end([])).toBe(0);
  });

  it('is that of the last one at work', () => {
    expect(end([atWork(MINUTE), atWork(5 * MINUTE)])).toBe(5 * MINUTE);
  });

  it('has those that wait take the places that become free', () => {
    expect(end([atWork(MINUTE), atWork(2 * MINUTE), first(3 * MINUTE), first(MINUTE)])).toBe(4 * MINUTE);
  });

  it('is not before the last start of a stagger, and its work', () => {
    const waiting = Array.from({ length: 10 }, () => first(MINUTE));
    expect(end(waiting, 20, { min: 60, max: 90 }, 2 * MINUTE)).toBe(2 * MINUTE + 9 * 75_000 + MINUTE);
  });

  it('is bounded by a large mailbox at its end, however many places are free', () => {
    expect(end([first(MINUTE), first(MINUTE), first(60 * MINUTE)], 100)).toBe(60 * MINUTE);
  });

  it('waits for one that rests, and gives it the first right to a place', () => {
    expect(end([atWork(10 * MINUTE), again(MINUTE, 30 * MINUTE)])).toBe(31 * MINUTE);
    // One place: who comes back after 2 minutes goes before the second first start.
    expect(end([first(3 * MINUTE), first(MINUTE), again(5 * MINUTE, 2 * MINUTE)], 1)).toBe(9 * MINUTE);
  });

  it('has one that rests in between end later, and others take its place meanwhile', () => {
    const resting: Remaining = { kind: 'at work', work: MINUTE, rests: 20 * MINUTE };
    expect(end([resting, first(2 * MINUTE)], 1)).toBe(21 * MINUTE);
    expect(end([resting, first(30 * MINUTE)], 1)).toBe(31 * MINUTE);
  });

  it('is never before the most work of one, or all work shared by all places; nor after all one by one', () => {
    const remaining = fc.oneof(
      fc.nat(1000).map(atWork),
      fc.tuple(fc.nat(1000), fc.nat(500)).map(([work, from]) => first(work, from)),
      fc.tuple(fc.nat(1000), fc.nat(500)).map(([work, from]) => again(work, from)),
    );
    fc.assert(
      fc.property(fc.array(remaining, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (mailboxes, concurrency) => {
        const sum = mailboxes.reduce((all, { work }) => all + work, 0);
        const atOnce = Math.max(concurrency, mailboxes.filter(({ kind }) => kind === 'at work').length);
        const told = end(mailboxes, concurrency);
        expect(told).toBeGreaterThanOrEqual(Math.max(0, ...mailboxes.map(({ work }) => work)));
        expect(told).toBeGreaterThanOrEqual(Math.floor(sum / atOnce));
        expect(told).toBeLessThanOrEqual(sum + 500);
      }),
    );
  });
});
