import { describe, expect, it } from 'vitest';
import { select } from '../../../src/engine/decisions/selection.js';
import { groupErrors, WHOLE } from '../../../src/engine/triage/error-groups.js';
import { ErrorLedger, entryId } from '../../../src/store/errors/error-ledger.js';
import type { Failure } from '../../../src/store/errors/failure.js';
import { doublesFrom } from '../../../src/store/ledger/doubles.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import type { Verdict } from '../../../src/words/verdict.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';
import { OPEN } from './ledgers.js';

const QUOTA: Verdict = {
  kind: 'quota',
  code: 'OVERQUOTA',
  scope: 'mailbox',
  next: 'wait',
  waitSeconds: 0,
  advice: { key: 'as-written', text: 'Raise it.' },
  rule: 'overquota',
  grounds: OF_A_RESPONSE,
};
const FLAKY: Verdict = { ...QUOTA, kind: 'transient', code: null, next: 'retry' };

function failure(more: Partial<Failure>): Failure {
  return {
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    uids: [1],
    response: 'NO [OVERQUOTA] full',
    verdict: QUOTA,
    at: 1_000,
    ...more,
  };
}

function ledgers(many: number, fill: (errors: ErrorLedger) => void) {
  return Array.from({ length: many }, (_, n) => {
    const errors = new ErrorLedger();
    fill(errors);
    return { id: `m${n}`, email: `m${n}@old.example`, errors, ...OPEN };
  });
}

describe('failures as groups', () => {
  it('go by response code over all mailboxes, and by kind where there is none', () => {
    const all = ledgers(2, (errors) => {
      errors.record(failure({ uids: [1, 2] }));
      errors.record(failure({ uids: [3], folder: 'Sent' }));
      errors.record(failure({ uids: [4], response: 'NO flaky', verdict: FLAKY, at: 500 }));
      errors.skip('Sent', UidSet.range(3, 3));
    });
    expect(
      groupErrors(all).map(({ code, kind, messages, skipped, mailboxes, size }) => [
        code,
        kind,
        messages,
        skipped,
        mailboxes,
        size,
      ]),
    ).toEqual([
      ['OVERQUOTA', 'quota', 4, 2, 2, 4],
      [null, 'transient', 2, 0, 2, 2],
    ]);
    expect(groupErrors(all, { filter: 'kind:transient', by: 'code' }).map(({ code }) => code)).toEqual([null]);
  });

  it('count messages as messages and failures of no message as such, also of what was left out', () => {
    const all = ledgers(13, (errors) => {
      const folder = errors.record(failure({ uids: [], command: 'CREATE', verdict: { ...QUOTA, code: 'CANNOT' } }));
      errors.accept(entryId(folder), true);
      errors.record(failure({ uids: [1, 2], folder: 'Sent' }));
      errors.skip('Sent', UidSet.range(1, 2));
    });
    const told = () =>
      groupErrors(all).map(({ code, standing, messages, failures, skipped }) => ({
        ...{ code, standing, messages, failures, skipped },
      }));
    expect(told()).toEqual([
      { code: 'OVERQUOTA', standing: 'skipped', messages: 0, failures: 0, skipped: 26 },
      { code: 'CANNOT', standing: 'skipped', messages: 0, failures: 13, skipped: 0 },
    ]);
    const again = all[0]!.errors;
    again.accept(entryId(again.entries.find(({ code }) => code === 'CANNOT')!), false);
    expect(told()[0]).toEqual({ code: 'CANNOT', standing: 'open', messages: 0, failures: 1, skipped: 0 });
  });

  it('have second copies in a group of their own, with the UIDs of all of them', () => {
    const doubles = doublesFrom(
      Array.from({ length: 40 }, (_, n) => [n + 1, 101 + 2 * n] as const),
      '7',
    );
    const all = ledgers(1, (errors) => {
      errors.record(failure({ uids: [], verdict: FLAKY, response: 'twice', doubles }));
      errors.record(failure({ uids: [], verdict: FLAKY, response: 'NO flaky', folder: 'Sent' }));
    });
    const groups = groupErrors(all);
    const twice = groups.find(({ doubled }) => doubled > 0)!;
    expect(groups).toHaveLength(2);
    expect(twice).toMatchObject({ key: 'no code: doubles', failures: 1, doubled: 40, standing: 'open' });
    expect(UidSet.parse(twice.entries[0]!.destinationUids).size).toBe(40);
    expect(all[0]!.errors.doubled).toBe(40);

    const again = { filter: '', groups: [twice.key], entries: null, uids: null };
    expect(select(all, again).map(({ entry }) => entry.folder)).toEqual(['INBOX']);
    all[0]!.errors.accept(entryId(select(all, again)[0]!.entry), true);
    expect(all[0]!.errors.doubled).toBe(0);
  });

  it('stay in their order when what failed fails again', () => {
    const all = ledgers(3, () => {});
    const fail = (m: number, code: string, at: number) =>
      all[m]!.errors.record(
        failure({
          uids: [],
          command: 'LOGIN',
          folder: null,
          response: `NO [${code}] no`,
          verdict: { ...QUOTA, code },
          at,
        }),
      );
    for (const [at, code] of ['UNAVAILABLE', 'INUSE', 'LIMIT'].entries()) for (const m of [0, 1]) fail(m, code, at);
    fail(2, 'LIMIT', 9);
    const order = () => groupErrors(all).map(({ key, entries }) => [key, ...entries.map(({ mailbox }) => mailbox[1])]);
    const before = order();
    expect(before).toEqual([
      ['LIMIT', '0', '1', '2'],
      ['INUSE', '0', '1'],
      ['UNAVAILABLE', '0', '1'],
    ]);
    for (const [at, code] of ['INUSE', 'LIMIT', 'UNAVAILABLE'].entries()) fail(1, code, 100 + at);
    expect(order()).toEqual(before);
  });

  it('tell no more entries than an engine can send between two messages, and count them all', () => {
    const codes = Array.from({ length: 10 }, (_, n) => `CODE${n}`);
    const all = ledgers(600, (errors) => {
      for (const [n, code] of codes.entries())
        errors.record(failure({ uids: [n + 1], response: `NO [${code}] no`, verdict: { ...QUOTA, code } }));
    });
    const sent = groupErrors(all);
    expect(sent.map(({ size, messages, mailboxes }) => [size, messages, mailboxes])).toEqual(
      codes.map(() => [600, 600, 600]),
    );
    expect(sent.map(({ entries }) => entries.length)).toEqual(codes.map(() => 250));
    const [one] = groupErrors(all, { filter: 'code:CODE3', by: 'code' });
    expect(one?.entries).toHaveLength(500);
    expect(groupErrors(all, { filter: '', by: 'code' }, WHOLE)[0]?.entries).toHaveLength(600);
  });
});
