import { describe, expect, it } from 'vitest';
import { ErrorLedger, entryId, isOfNoMessage } from '../../../src/store/errors/error-ledger.js';
import { causeOf } from '../../../src/store/errors/response-cause.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { FLAKY, failure, NOTED } from './failures.js';

describe('the cause that a response names', () => {
  it.each([
    [
      '510 NO [UNAVAILABLE] UID FETCH failed (0.020 + 0.000 secs).',
      '33 NO [UNAVAILABLE] UID FETCH failed (1.5 + 0.001 secs).',
    ],
    [
      'NO [LIMIT] Mail size is larger than the maximum (0.001 + 0.000 + 0.002 secs).',
      'NO [LIMIT] Mail size is larger than the maximum (0.011 + 0.000 secs).',
    ],
    ['NO [CANNOT] no UIDs 3, 9 and 11 here', 'NO [CANNOT] no UIDs 7 and 8 here'],
    ['a7 NO [TOOBIG] <x1.y@old.example> of ann@old.example', 'a8 NO [TOOBIG] <zz@new.example> of bob@new.example'],
    ['NO error 5f3a9c1e-0b1d-4c2a-9b7e-0123456789ab', 'NO error 00000000-1111-2222-3333-444444444444'],
    ['NO try later 10.0.0.7, session 5Xq9ZtR3pL0', 'NO try later 192.168.1.20, session 7Yb2QmW1kD4'],
    ['* BYE server  imap17a at 2026-01-02T03:04:05', '* BYE server imap3a at 2025-12-31T23:59:59'],
  ])('is the same in %j and %j', (a, b) => expect(causeOf(a)).toBe(causeOf(b)));

  it.each([
    ['NO [CANNOT] Mailbox name too long', 'NO [CANNOT] Mailbox is busy'],
    ['NO Invalid header', 'BAD Invalid header'],
    ['NO rule 4 - mail of 7 MB', 'NO rule 4 - mail'],
    ['NO too many (3) of 9', 'NO too many (3)'],
  ])('differs in %j and %j', (a, b) => expect(causeOf(a)).not.toBe(causeOf(b)));
});

describe('what operators left out', () => {
  const uids = (text: string) => UidSet.parse(text);

  it('is not open, keeps its attempts and responses, and comes back', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2, 3] }));
    ledger.record(failure({ uids: [3], response: 'NO [TOOBIG] Message 3 is too big' }));
    ledger.record(failure({ uids: [3], folder: 'Sent' }));
    expect(String(ledger.skip('INBOX', uids('3:9')))).toBe('3');
    const entry = ledger.entries[0]!;
    expect([String(entry.uids), String(entry.skipped), String(entry.attempts.get(2))]).toEqual(['1:2', '3', '3']);
    expect([ledger.open, ledger.messages, String(ledger.failed('INBOX'))]).toEqual([3, 3, '1:2']);
    expect(String(ledger.skippedIn('INBOX'))).toBe('3');
    expect(String(ledger.unskip('INBOX', uids('2:3')))).toBe('3');
    expect([String(entry.uids), entry.skipped.size, ledger.open]).toEqual(['1:3', 0, 4]);
    expect(String(entry.attempts.get(2))).toBe('3');
    expect(entry.own.get(3)).toBe('NO [TOOBIG] Message 3 is too big');
  });

  it('stays when its message is settled, and leaves no failure of no message behind', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2] }));
    ledger.skip('INBOX', uids('1:2'));
    ledger.clear('INBOX', [1, 2]);
    expect([ledger.open, ledger.entries.length, String(ledger.entries[0]!.skipped)]).toEqual([0, 1, '1:2']);
    expect(ledger.close(isOfNoMessage)).toBe(0);
    expect(ledger.close(() => true)).toBe(1);
    expect(ledger.skippedIn('INBOX').size).toBe(0);
  });

  it('is open again when it fails again, in whichever entry', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2] }));
    ledger.skip('INBOX', uids('1:2'));
    ledger.record(failure({ uids: [2] }));
    const flaky = ledger.record(failure({ uids: [1], response: 'NO flaky', verdict: FLAKY }));
    expect([ledger.open, ledger.skippedIn('INBOX').size, String(flaky.attempts.get(2))]).toEqual([2, 0, '1']);
    expect(ledger.entries.map(({ uids, skipped }) => [String(uids), String(skipped)])).toEqual([
      ['2', ''],
      ['1', ''],
    ]);
  });

  it('does not touch what was stored and noted', () => {
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1], verdict: NOTED }));
    expect(ledger.skip('INBOX', uids('1')).size).toBe(0);
    expect(String(ledger.entries[0]!.uids)).toBe('1');
  });

  it('is not open as a failure of no message that was accepted, however often it happens', () => {
    const ledger = new ErrorLedger();
    const refused = failure({ command: 'CREATE', uids: [] });
    const id = entryId(ledger.record(refused));
    expect([ledger.open, ledger.accept(id, true), ledger.open]).toEqual([1, true, 0]);
    ledger.record({ ...refused, at: 9_000 });
    expect([ledger.open, ledger.entries[0]!.times]).toEqual([0, 2]);
    expect([ledger.accept(id, false), ledger.open]).toEqual([true, 1]);
    expect(ledger.accept(entryId(ledger.record(failure({}))), true)).toBe(false);
    expect(ledger.accept('0123456789abcdef', true)).toBe(false);
  });
});
