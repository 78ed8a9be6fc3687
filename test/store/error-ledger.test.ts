import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrorLedger, errorLedgerSchema, type Failure } from '../../src/store/error-ledger.js';
import { causeOf } from '../../src/store/response-cause.js';
import type { Verdict } from '../../src/words/verdict.js';

const TOO_BIG: Verdict = {
  kind: 'message-policy',
  code: 'TOOBIG',
  scope: 'message',
  next: 'skip-message',
  waitSeconds: 0,
  advice: 'Raise the limit, or skip it.',
  rule: 'toobig',
  reason: 'code TOOBIG',
};
const FLAKY: Verdict = { ...TOO_BIG, kind: 'transient', code: null, next: 'retry', rule: 'flaky' };

function failure(more: Partial<Failure>): Failure {
  return {
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    uids: [1],
    response: 'A1 NO [TOOBIG] Message 1 is too big',
    verdict: TOO_BIG,
    at: 1_000,
    ...more,
  };
}

describe('the cause that a response names', () => {
  it.each([
    [
      '510 NO [UNAVAILABLE] UID FETCH failed (0.020 + 0.000 secs).',
      '33 NO [UNAVAILABLE] UID FETCH failed (1.5 + 0.001 secs).',
    ],
    ['a7 NO [TOOBIG] <x1.y@old.example> of ann@old.example', 'a8 NO [TOOBIG] <zz@new.example> of bob@new.example'],
    ['NO error 5f3a9c1e-0b1d-4c2a-9b7e-0123456789ab', 'NO error 00000000-1111-2222-3333-444444444444'],
    ['NO try later 10.0.0.7, session 5Xq9ZtR3pL0', 'NO try later 192.168.1.20, session 7Yb2QmW1kD4'],
    ['* BYE server  imap17a at 2026-01-02T03:04:05', '* BYE server imap3a at 2025-12-31T23:59:59'],
  ])('is the same in %j and %j', (a, b) => expect(causeOf(a)).toBe(causeOf(b)));

  it.each([
    ['NO [CANNOT] Mailbox name too long', 'NO [CANNOT] Mailbox is busy'],
    ['NO Invalid header', 'BAD Invalid header'],
  ])('differs in %j and %j', (a, b) => expect(causeOf(a)).not.toBe(causeOf(b)));
});

describe('the error ledger of a mailbox', () => {
  it('enters failures with one cause once, and remembers what each message was told', () => {
    const ledger = new ErrorLedger();
    for (let uid = 1; uid <= 1_500; uid++) {
      ledger.record(
        failure({ uids: [uid], response: `A${uid} NO [TOOBIG] Message ${uid} is too big`, at: 1_000 + uid }),
      );
    }
    expect(ledger.entries).toHaveLength(1);
    const entry = ledger.entries[0]!;
    expect(entry.uids.toString()).toBe('1:1500');
    expect([entry.times, entry.firstAt, entry.lastAt]).toEqual([1_500, 1_001, 2_500]);
    expect(entry.sample).toBe('A1 NO [TOOBIG] Message 1 is too big');
    expect(entry.own.get(7)).toBe('A7 NO [TOOBIG] Message 7 is too big');
    expect(entry.own.size).toBe(1_000);
  });

  it('keeps apart what failed on another side, at another command, in another folder, or for another reason', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({}));
    ledger.record(failure({ uids: [2], side: 'source' }));
    ledger.record(failure({ uids: [3], command: 'STORE' }));
    ledger.record(failure({ folder: 'Sent' }));
    ledger.record(failure({ uids: [4], response: 'NO strange' }));
    expect(ledger.entries).toHaveLength(5);
    expect(ledger.messages).toBe(5);
    expect(ledger.failed('INBOX').toString()).toBe('1:4');
  });

  it('counts attempts, and moves a message to the cause of its last failure with its attempts', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2, 3], response: 'NO flaky', verdict: FLAKY }));
    ledger.record(failure({ uids: [2, 3], response: 'NO flaky', verdict: FLAKY, at: 2_000 }));
    const entry = ledger.record(failure({ uids: [3] }));
    expect(String(entry.attempts.get(3))).toBe('3');
    const flaky = ledger.entries.find(({ code }) => code === null)!;
    expect([...flaky.attempts].map(([count, uids]) => [count, String(uids)])).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
    expect(ledger.messages).toBe(3);
  });

  it('lets go of what succeeded, and of an entry when its last message did', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2, 3] }));
    ledger.clear('INBOX', [1, 9]);
    ledger.clear('Sent', [2]);
    expect(ledger.failed('INBOX').toString()).toBe('2:3');
    ledger.clear('INBOX', [2, 3]);
    expect(ledger.entries).toEqual([]);
  });

  it('keeps a failure that is of no message until it is closed', () => {
    const ledger = new ErrorLedger();
    const login = failure({ command: 'LOGIN', folder: null, uids: [], response: 'NO no', verdict: FLAKY });
    ledger.record(login);
    ledger.record({ ...login, at: 5_000 });
    ledger.clear('INBOX', [1]);
    expect(ledger.entries.map(({ times, lastAt }) => [times, lastAt])).toEqual([[2, 5_000]]);
    expect(ledger.close(({ command }) => command === 'LOGIN')).toBe(1);
    expect(ledger.entries).toEqual([]);
  });

  it('is read by response code, and by kind where there is none', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2], folder: 'Sent' }));
    ledger.record(failure({ uids: [3] }));
    ledger.record(failure({ uids: [4], response: 'NO flaky', verdict: FLAKY, at: 500 }));
    expect(ledger.groups().map(({ code, kind, messages, entries }) => [code, kind, messages, entries.length])).toEqual([
      ['TOOBIG', 'message-policy', 3, 2],
      [null, 'transient', 1, 1],
    ]);
  });

  it('is the same after being stored', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2, 3] }));
    ledger.record(failure({ uids: [2], response: 'B2 NO [TOOBIG] Message 2 is too big' }));
    const stored = JSON.parse(JSON.stringify(ledger.toDocument()));
    const again = ErrorLedger.fromDocument(errorLedgerSchema.parse(stored));
    expect(again.toDocument()).toEqual(ledger.toDocument());
    again.clear('INBOX', [1, 2, 3]);
    expect(again.entries).toEqual([]);
  });

  it('holds each failing message once, whatever fails and succeeds in whatever order', () => {
    const step = fc.record({
      uids: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
      what: fc.constantFrom('clear', 'NO a', 'NO b', 'NO c'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ledger = new ErrorLedger();
        const model = new Map<number, { response: string; attempts: number }>();
        for (const { uids, what } of steps) {
          if (what === 'clear') {
            ledger.clear('INBOX', uids);
            for (const uid of uids) model.delete(uid);
          } else {
            ledger.record(failure({ uids, response: what }));
            for (const uid of uids) model.set(uid, { response: what, attempts: (model.get(uid)?.attempts ?? 0) + 1 });
          }
        }
        const seen = new Map<number, { response: string; attempts: number }>();
        for (const { sample, uids, attempts } of ledger.entries) {
          expect(uids.size).toBeGreaterThan(0);
          let tried = 0;
          for (const [count, set] of attempts) {
            tried += set.size;
            for (const uid of set) seen.set(uid, { response: sample, attempts: count });
          }
          expect(tried).toBe(uids.size);
        }
        expect(new Map([...seen].sort())).toEqual(new Map([...model].sort()));
      }),
    );
  });

  it('takes a hundred thousand failures one by one, twice, and stays one short line', () => {
    const ledger = new ErrorLedger();
    const began = performance.now();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 100_000; i++) {
        ledger.record(failure({ uids: [i * 2 + 1], response: `NO [TOOBIG] Message ${i} is too big` }));
      }
    }
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(ledger.entries).toHaveLength(1);
    expect([...ledger.entries[0]!.attempts.keys()]).toEqual([2]);
    expect(ledger.messages).toBe(100_000);
  });
});
