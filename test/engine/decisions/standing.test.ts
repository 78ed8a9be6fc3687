import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAt, folderOrders, restFactor } from '../../../src/engine/decisions/standing.js';
import type { Decision, DecisionPart } from '../../../src/store/decisions/decisions-document.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';

const NOW = 10_000;

const part = (uids: string, more: Partial<DecisionPart> = {}): DecisionPart => ({
  mailbox: 'ann',
  folder: 'INBOX',
  uidValidity: '1',
  uids,
  entry: null,
  state: 'waiting',
  ...more,
});

const decisions = (...given: readonly (readonly [Decision['action'], ...DecisionPart[]])[]): Decision[] =>
  given.map(([action, ...scope], i) => ({ id: i + 1, at: 1, by: 'me', about: 'X', action, scope }));

const retry = (notBefore = 0, treatment: 'as-is' | 'repaired' | 'without-flags' = 'as-is') =>
  ({ do: 'retry', notBefore, treatment }) as const;

const orders = (all: readonly Decision[], now = NOW, uidValidity = '1') => {
  const { skips, again, rest, treatments } = folderOrders(all, 'ann', 'INBOX', uidValidity, now);
  return {
    skips: skips.map(({ uids }) => uids.toString()),
    again: again.toString(),
    rest: rest.toString(),
    repaired: treatments.repaired.toString(),
    flagless: treatments['without-flags'].toString(),
  };
};
const nothing = { skips: [], again: '', rest: '', repaired: '', flagless: '' };

describe('what stands of decisions', () => {
  it('is nothing for other mailboxes, other folders and another UIDVALIDITY', () => {
    const all = decisions([retry(), part('1:3', { mailbox: 'bob' }), part('1:3', { folder: 'Sent' }), part('1:3')]);
    expect(orders(all, NOW, '2')).toEqual(nothing);
    expect(orders(all)).toEqual({ ...nothing, again: '1:3' });
  });

  it('is found for the folders of one mailbox without a look at those of all others, each time', () => {
    let looks = 0;
    const others = Array.from({ length: 1_000 }, (_, i) => {
      const other = part('1:3');
      const mailbox = () => {
        looks++;
        return `user${i}`;
      };
      return Object.defineProperty(other, 'mailbox', { get: mailbox });
    });
    const all = decisions([retry(), ...others, part('1:3')]);
    for (let folders = 0; folders < 100; folders++) expect(orders(all).again).toBe('1:3');
    expect(dueAt(all, 'ann')).toBe(0);
    expect(restFactor(all, 'ann')).toBe(1);
    expect(looks).toBeLessThanOrEqual(2_000);
  });

  it('rests until its time, and is due then', () => {
    const all = decisions([retry(NOW + 1), part('1:3')]);
    expect(orders(all)).toEqual({ ...nothing, rest: '1:3' });
    expect(orders(all, NOW + 1)).toEqual({ ...nothing, again: '1:3' });
    expect(dueAt(all, 'ann')).toBe(NOW + 1);
    expect(dueAt(all, 'bob')).toBeNull();
  });

  it('is what was decided last about a UID', () => {
    const all = decisions(
      [{ do: 'backoff', factor: null, until: NOW + 5 }, part('1:9')],
      [retry(0, 'repaired'), part('2:4')],
      [retry(0, 'without-flags'), part('4')],
    );
    expect(orders(all)).toEqual({ skips: [], again: '2:4', rest: '1,5:9', repaired: '2:3', flagless: '4' });
  });

  it('lets what was undone or done alone, but knows what was sent repaired', () => {
    const all = decisions([retry(0, 'repaired'), part('1', { state: 'done' }), part('2', { state: 'undone' })]);
    expect(orders(all)).toEqual({ ...nothing, repaired: '1' });
    expect(dueAt(all, 'ann')).toBeNull();
  });

  it('holds the rest of a trial back until it has passed', () => {
    const trial = (outcome: 'open' | 'passed' | 'failed') =>
      decisions([{ do: 'try-first', treatment: 'as-is', first: [{ part: 0, uids: '1:2' }], outcome }, part('1:9')]);
    expect(orders(trial('open'))).toEqual({ ...nothing, again: '1:2', rest: '3:9' });
    expect(orders(trial('passed'))).toEqual({ ...nothing, again: '1:9' });
    expect(dueAt(trial('failed'), 'ann')).toBeNull();
  });

  it('multiplies what a mailbox rests', () => {
    const twice = { do: 'backoff', factor: 2, until: 0 } as const;
    expect(restFactor(decisions([twice, part('')], [twice, part('')]), 'ann')).toBe(4);
    expect(restFactor(decisions([twice, part('', { state: 'undone' })]), 'ann')).toBe(1);
  });

  it('never tells a UID to be tried and to rest at once', () => {
    const uids = fc
      .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 })
      .map((all) => UidSet.from(all).toString());
    const action = fc.oneof(
      fc.record({
        do: fc.constant('retry' as const),
        notBefore: fc.integer({ min: 0, max: 2 * NOW }),
        treatment: fc.constantFrom('as-is' as const, 'repaired' as const, 'without-flags' as const),
      }),
      fc.record({
        do: fc.constant('backoff' as const),
        factor: fc.constant(null),
        until: fc.integer({ min: 0, max: 2 * NOW }),
      }),
    );
    const state = fc.constantFrom('waiting' as const, 'taken' as const, 'done' as const, 'undone' as const);
    const one = fc.record({ action, uids, state });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (given) => {
        const all = decisions(...given.map(({ action: a, uids: u, state: s }) => [a, part(u, { state: s })] as const));
        const { again, rest, treatments } = folderOrders(all, 'ann', 'INBOX', '1', NOW);
        expect(again.intersect(rest).isEmpty).toBe(true);
        expect(treatments.repaired.intersect(treatments['without-flags']).isEmpty).toBe(true);
      }),
    );
  });
});
