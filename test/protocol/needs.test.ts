import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MailboxEntity, needsOperator } from '../../src/protocol/entities.js';
import { eachOf, mailboxesIn, needRows, needsOf } from '../../src/protocol/needs.js';
import { said } from '../support/a-reason.js';
import { aCause, aHeld, aMailbox, aNight, counts, NOW } from '../ui/support/a-batch.js';

const at = (list: readonly MailboxEntity[]) =>
  needsOf(list).map(({ answer, cause, messages, mailboxes }) => [
    answer,
    cause?.code ?? null,
    messages,
    mailboxes.map(({ email }) => email),
  ]);

const ended = (email: string, more: Partial<MailboxEntity>) =>
  aMailbox(email, { state: { kind: 'synced', at: NOW }, endedAt: NOW, ...more });
const failed = (email: string, n: number, code = 'TOOBIG') =>
  ended(email, {
    errors: n,
    counts: counts(100, 100 - n, { failed: n, left: 0 }),
    cause: aCause(code, { messages: n }),
  });

describe('what needs the operator', () => {
  it('is one list by cause: whole mailboxes that nobody could look into first, then by the messages concerned', () => {
    const list = [
      failed('few', 3),
      aHeld('full', said('destination', 'NO [OVERQUOTA]'), 'Raise it.'),
      failed('most', 41),
      aMailbox('wim', {
        state: { kind: 'held', because: said('source', 'NO'), asks: { key: 'as-written', text: 'Answer.' } },
        asksPassword: 'source',
        cause: aCause('AUTHENTICATIONFAILED', { kind: 'auth', side: 'source' }),
      }),
      ended('fine', {}),
    ];
    expect(at(list)).toEqual([
      ['password', 'AUTHENTICATIONFAILED', null, ['wim']],
      ['mailbox', null, 5_000, ['full']],
      ['errors', 'TOOBIG', 44, ['most', 'few']],
    ]);
  });

  it('counts everything that a mailbox misses, also what failed by another cause', () => {
    const both = failed('both', 5);
    const list = [{ ...both, counts: counts(100, 92, { failed: 8, left: 0 }) }];
    expect(at(list)).toEqual([['errors', 'TOOBIG', 8, ['both']]]);
  });

  it('has doubles and incomplete mailboxes, and a certificate that nobody trusts', () => {
    const held = {
      kind: 'held',
      because: said('source', 'it shows another'),
      asks: { key: 'as-written', text: 'Trust it.' },
    } as const;
    const list = [
      ended('twice', { errors: 1, doubled: 7, cause: aCause('x', { code: null, of: 'second copies', messages: 7 }) }),
      aMailbox('short', {
        state: { kind: 'incomplete', at: NOW, left: 500, because: { key: 'left by 0.1.0' } },
        counts: counts(500, 0),
        errors: 1,
        cause: aCause('NOPERM', { messages: 500 }),
      }),
      ...['ann', 'bob'].map((email) =>
        aMailbox(email, { state: held, cause: aCause('x', { rule: 'tls-certificate' }) }),
      ),
    ];
    expect(at(list)).toEqual([
      ['certificate', 'x', null, ['ann', 'bob']],
      ['errors', 'NOPERM', 500, ['short']],
      ['doubles', null, 7, ['twice']],
    ]);
  });

  it('loses what somebody decided: accepted failures, skipped messages, mailboxes that were given up', () => {
    const left = {
      counts: counts(500, 464),
      state: { kind: 'incomplete', at: NOW, left: 36, because: { key: 'left by 0.1.0' } },
    } as const;
    expect(at([aMailbox('a1', { ...left, errors: 1, cause: aCause('NOPERM', { messages: 36 }) })])).toHaveLength(1);
    expect(at([aMailbox('a1', { ...left, accepted: 36 })])).toEqual([]);
    expect(at([ended('s1', { counts: counts(100, 76, { skipped: 24, left: 0 }) })])).toEqual([]);
    const givenUp = { kind: 'given-up', at: NOW, by: 'eva', reason: 'left' } as const;
    expect(at([aMailbox('yan', { state: givenUp, counts: counts(500, 0) })])).toEqual([]);
  });

  it('gathers mailboxes that met nothing themselves by what their state says', () => {
    const one = aHeld('ann', { key: 'shared login refused', side: 'source', mailbox: 'bob' }, 'x');
    const list = [
      one,
      { ...one, id: 'eve', email: 'eve' },
      aHeld('tim', { key: 'told', text: 'another batch writes there' }, 'x'),
    ];
    expect(needsOf(list).map(({ mailboxes }) => mailboxes.length)).toEqual([2, 1]);
  });

  it('is a row a mailbox where there is room for all, else a row a cause', () => {
    const needs = needsOf([failed('a', 1), failed('b', 2), failed('c', 3), failed('d', 9, 'LIMIT')]);
    expect(needRows(needs, 4).map(({ mailboxes }) => mailboxes[0]?.email)).toEqual(['d', 'c', 'b', 'a']);
    expect(needRows(needs, 3)).toEqual(needs);
    expect(new Set(needs.flatMap(eachOf).map(({ key }) => key)).size).toBe(4);
  });

  it('counts each mailbox once, and exactly those that need somebody', () => {
    const mailbox = fc.constantFrom(...aNight(), failed('x', 4), ended('y', { doubled: 2, errors: 1 }));
    fc.assert(
      fc.property(fc.array(mailbox, { maxLength: 60 }), fc.nat(30), (list, room) => {
        const needs = needsOf(list);
        const need = list.filter(needsOperator);
        expect(mailboxesIn(needs)).toBe(need.length);
        expect(mailboxesIn(needRows(needs, room))).toBe(need.length);
        expect(new Set(needs.flatMap(({ mailboxes }) => mailboxes))).toEqual(new Set(need));
      }),
    );
  });
});
