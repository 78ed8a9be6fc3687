import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balances, type Fates, type SourceFolder, sourceAccount } from '../../../src/engine/account/source-folder.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';

const none = (): Fates => ({
  settled: new UidSet(),
  failed: new UidSet(),
  skipped: new UidSet(),
  carried: new UidSet(),
  vanished: new UidSet(),
});
const folder = (more: Partial<SourceFolder> = {}): SourceFolder => ({
  exists: 3,
  listed: UidSet.parse('1:3'),
  settledBefore: 0,
  carriedBefore: 0,
  goneBefore: 0,
  ...more,
});

describe('the account of a source folder', () => {
  it('balances where each message was copied, entered, skipped or is gone', () => {
    const fates = {
      settled: UidSet.parse('1'),
      failed: UidSet.parse('2'),
      skipped: UidSet.parse('3'),
      carried: UidSet.parse('5'),
      vanished: UidSet.parse('4'),
    };
    const account = sourceAccount(folder({ exists: 5, listed: UidSet.parse('1:5') }), fates);
    expect(account).toMatchObject({ settled: 1, failed: 1, skipped: 1, carried: 1, vanished: 1, notSeen: 0, gone: 0 });
    expect(balances(account)).toBe(true);
  });

  it('names the messages that nobody copied and nobody entered', () => {
    const account = sourceAccount(folder(), { ...none(), settled: UidSet.parse('1,3') });
    expect(account.left.toString()).toBe('2');
    expect(balances(account)).toBe(false);
  });

  it('counts the messages that the folder holds and that nobody named', () => {
    const account = sourceAccount(folder({ exists: 10 }), { ...none(), settled: UidSet.parse('1:3') });
    expect(account.notSeen).toBe(7);
    expect(balances(account)).toBe(false);
  });

  it('does not count what earlier runs settled and the source has no more', () => {
    const later = folder({ exists: 5, settledBefore: 6, goneBefore: 4 });
    const account = sourceAccount(later, { ...none(), settled: UidSet.parse('1:3') });
    expect(account).toMatchObject({ settled: 5, notSeen: 0, gone: 4 });
    expect(balances(account)).toBe(true);
  });

  it('claims nothing about messages that the server did not count', () => {
    expect(sourceAccount(folder({ exists: null }), { ...none(), settled: UidSet.parse('1:3') }).notSeen).toBe(0);
  });

  it('counts what another folder brought apart, also what it brought in an earlier run', () => {
    const later = folder({ exists: 6, settledBefore: 5, carriedBefore: 3, goneBefore: 1, listed: UidSet.parse('8:9') });
    const account = sourceAccount(later, { ...none(), settled: UidSet.parse('8'), carried: UidSet.parse('9') });
    expect(account).toMatchObject({ settled: 2, carried: 4, notSeen: 0, gone: 1 });
    expect(balances(account)).toBe(true);
  });

  it('counts each message once, whatever fates a ledger gives it', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 40 })).map((list) => UidSet.from(list));
    fc.assert(
      fc.property(
        uids,
        uids,
        uids,
        uids,
        uids,
        uids,
        fc.nat(50),
        (listed, settled, failed, skipped, carried, vanished, more) => {
          const exists = listed.size + more;
          const account = sourceAccount(folder({ exists, listed }), { settled, failed, skipped, carried, vanished });
          const sum =
            account.settled +
            account.failed +
            account.skipped +
            account.carried +
            account.vanished +
            account.left.size +
            account.notSeen;
          expect(sum).toBe(exists);
          expect(account.notSeen).toBe(more);
          for (const uid of account.left)
            expect([settled, failed, skipped, carried, vanished].some((fate) => fate.has(uid))).toBe(false);
        },
      ),
    );
  });
});
