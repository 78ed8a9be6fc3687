import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeContext } from '../../../src/store/documents/context.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { Causes } from '../../../src/store/errors/causes.js';
import { ErrorLedger, entryId, errorLedgerSchema } from '../../../src/store/errors/error-ledger.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { FLAKY, failure, NOTED } from './failures.js';

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

  it('goes on with the entry of what was set aside when it happens again, and not once it was forgotten', () => {
    const ledger = new ErrorLedger();
    const login = failure({ folder: null, uids: [], command: 'LOGIN' });
    ledger.record({ ...login, at: 1000 });
    ledger.setAside(() => true);
    expect([ledger.open, ledger.entries]).toEqual([0, []]);
    ledger.record({ ...login, at: 5000 });
    expect(ledger.entries).toMatchObject([{ firstAt: 1000, lastAt: 5000, times: 2 }]);
    ledger.setAside(() => true);
    ledger.forgetAside();
    ledger.record({ ...login, at: 9000 });
    expect(ledger.entries).toMatchObject([{ firstAt: 9000, times: 1 }]);
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

  it('names an entry the same in every run, and two places differently', () => {
    const ids = [
      failure({}),
      failure({ folder: 'Sent' }),
      failure({ side: 'source' }),
      failure({ verdict: NOTED }),
    ].map((one) => entryId(new ErrorLedger().record(one)));
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe('590f9cf9afe31515');
    expect(entryId(new ErrorLedger().record(failure({ uids: [9], at: 77 })))).toBe(ids[0]);
  });

  it('counts when it happened by half hours, and loses none when the oldest are merged', () => {
    const halfHour = 1_800_000;
    const ledger = new ErrorLedger();
    for (let i = 0; i < 60; i++) ledger.record(failure({ uids: [i + 1], at: (100 + i) * halfHour + 5 }));
    ledger.record(failure({ uids: [61], at: 160 * halfHour - 1 }));
    const { when, times } = ledger.entries[0]!;
    expect(when.size).toBe(48);
    expect([...when.keys()]).toEqual(Array.from({ length: 48 }, (_, i) => 112 + i));
    expect([when.get(112), when.get(113), when.get(159), times]).toEqual([13, 1, 2, 61]);
  });

  it('is the same after being stored', () => {
    const causes = new Causes('/b', { ...nodeContext, disk: new MemoryDisk() });
    const ledger = new ErrorLedger();
    ledger.record(failure({ uids: [1, 2, 3] }));
    ledger.record(failure({ uids: [2], response: 'B2 NO [TOOBIG] Message 2 is too big' }));
    ledger.record(failure({ folder: null, uids: [], command: 'LOGIN', at: 9_000_000 }));
    ledger.record(failure({ folder: null, uids: [], command: 'LOGIN', at: 1_000 }));
    ledger.skip('INBOX', UidSet.range(3, 9));
    ledger.accept(entryId(ledger.entries[1]!), true);
    const stored = JSON.parse(JSON.stringify(ledger.toDocument(causes)));
    const again = ErrorLedger.fromDocument(errorLedgerSchema.parse(stored), causes);
    expect(again.toDocument(causes)).toEqual(stored);
    expect(again.entries).toEqual(ledger.entries);
    expect([again.open, String(again.skippedIn('INBOX'))]).toEqual([2, '3']);
    expect(String(again.unskip('INBOX', UidSet.range(1, 9)))).toBe('3');
    again.clear('INBOX', [1, 2, 3]);
    expect(again.entries.map(({ command }) => command)).toEqual(['LOGIN']);
  });

  it('is refused when a field has a wrong type', () => {
    const good = {
      cause: '0123456789ab',
      folder: 'INBOX',
      failed: [[1, '1:3']],
      skipped: [[2, '4']],
      accepted: true,
      times: 2,
      when: [[0, 2]],
      firstAt: 1,
      lastAt: 2,
      sample: [3, 'x', 4],
      waitSeconds: 1.5,
      reason: [3, 'x', 4],
      own: [[1, [0, 'y', 0]]],
    };
    const reads = (entry: unknown) => errorLedgerSchema.safeParse([entry]).success;
    const { cause, times, when, firstAt, lastAt } = good;
    expect([reads(good), reads({ cause, folder: null, times, when, firstAt, lastAt })]).toEqual([true, true]);
    const bad = {
      cause: [undefined, 7],
      folder: [undefined, 7],
      failed: ['1:3', [['1', '1:3']], [[0, '1:3']], [[1, '1:']], [[1, '1', 2]], [null]],
      skipped: [{}, [[1.5, '4']]],
      accepted: [false, 1],
      times: [0, 1.5, '2', undefined],
      when: [undefined, [[1]], [['1', 2]], [[0.5, 2]], [[1, 0]]],
      firstAt: [-1, null, Number.NaN],
      lastAt: ['2', undefined],
      sample: ['x', [1, 2, 3], [-1, 'x', 0], [0, 'x']],
      waitSeconds: [-1, '1'],
      reason: ['x', [1, 'x', -1]],
      own: [[[0, [0, 'y', 0]]], [[1, 'y']], [['1', [0, 'y', 0]]]],
      more: [1],
    };
    for (const [field, values] of Object.entries(bad)) {
      for (const value of values)
        expect([field, value, reads({ ...good, [field]: value })]).toEqual([field, value, false]);
    }
    for (const entry of [null, 'x', []]) expect(reads(entry)).toBe(false);
  });

  it('holds each failing message once, whatever fails and succeeds in whatever order', () => {
    const step = fc.record({
      uids: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
      what: fc.constantFrom('clear', 'skip', 'unskip', 'NO a', 'NO b', 'NO c'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ledger = new ErrorLedger();
        const model = new Map<number, { response: string; attempts: number; skipped: boolean }>();
        for (const { uids, what } of steps) {
          if (what === 'clear') {
            ledger.clear('INBOX', uids);
            for (const uid of uids) if (model.get(uid)?.skipped === false) model.delete(uid);
          } else if (what === 'skip' || what === 'unskip') {
            ledger[what]('INBOX', UidSet.from(uids));
            for (const uid of uids) {
              const known = model.get(uid);
              if (known !== undefined) known.skipped = what === 'skip';
            }
          } else {
            ledger.record(failure({ uids, response: what }));
            for (const uid of uids) {
              model.set(uid, { response: what, attempts: (model.get(uid)?.attempts ?? 0) + 1, skipped: false });
            }
          }
        }
        const seen: typeof model = new Map();
        for (const { sample, uids, skipped, attempts } of ledger.entries) {
          expect(uids.intersect(skipped).size).toBe(0);
          expect(uids.size + skipped.size).toBeGreaterThan(0);
          let tried = 0;
          for (const [count, set] of attempts) {
            tried += set.size;
            for (const uid of set) seen.set(uid, { response: sample, attempts: count, skipped: skipped.has(uid) });
          }
          expect(tried).toBe(uids.size + skipped.size);
        }
        expect(new Map([...seen].sort())).toEqual(new Map([...model].sort()));
        const open = [...model].filter(([, { skipped }]) => !skipped).map(([uid]) => uid);
        expect([...ledger.failed('INBOX')]).toEqual(open.sort((a, b) => a - b));
        expect(ledger.skippedIn('INBOX').size).toBe(model.size - open.length);
      }),
    );
  });

  it('takes a hundred thousand failures one by one, twice, and stays one short line', () => {
    const ledger = new ErrorLedger();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 100_000; i++) {
        ledger.record(failure({ uids: [i * 2 + 1], response: `NO [TOOBIG] Message ${i} is too big` }));
      }
    }
    expect(ledger.entries).toHaveLength(1);
    expect([...ledger.entries[0]!.attempts.keys()]).toEqual([2]);
    expect(ledger.messages).toBe(100_000);
  });
});
