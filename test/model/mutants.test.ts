import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as Reconcile from '../../src/engine/copy/prepare/reconcile.js';
import type * as SettleTail from '../../src/engine/copy/prepare/settle-tail.js';
import type * as Standstill from '../../src/engine/copy/prepare/standstill.js';
import type { Waiting } from '../../src/engine/copy/prepare/standstill.js';
import type * as FindDoubles from '../../src/engine/copy/verify/find-doubles.js';
import type * as VerifyFolder from '../../src/engine/copy/verify/verify-folder.js';
import type * as Treated from '../../src/store/ledger/treated.js';
import type * as Ledger from '../../src/store/ledger/uid-ledger.js';
import { PATIENCE } from './runs.js';
import { schedules } from './schedule.js';
import type { LateCommits } from './world.js';

/** Each of these breaks one rule of the recovery in the program. The model must notice: it is worth nothing otherwise. */

vi.setConfig({ testTimeout: PATIENCE });

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  for (const path of [
    'transfer/floor',
    'prepare/reconcile',
    'prepare/standstill',
    'prepare/settle-tail',
    'verify/verify-folder',
    'verify/finish-folder',
  ])
    vi.doUnmock(`../../src/engine/copy/${path}.js`);
  for (const path of ['uid-ledger', 'treated']) vi.doUnmock(`../../src/store/ledger/${path}.js`);
});

/**
 * The model's verdict on the program as it is mocked now.
 *
 * @param from  the night to begin with. Where the first broken one is far into the row, those before it only take time: if
 *   it moves, the search goes on from there, as far as always
 */
async function counterexample(late: LateCommits, from = 0): Promise<string> {
  const { play } = await import('./play.js');
  const nights = await fc.check(
    fc.asyncProperty(schedules, (schedule) => play(schedule, late)),
    { numRuns: 20_000, seed: 3, endOnFailure: true, path: String(from) },
  );
  return nights.failed ? String(nights.errorInstance) : 'none';
}

it('notices a floor that is taken from UIDNEXT while something is unanswered', async () => {
  vi.doMock('../../src/engine/copy/transfer/floor.js', async () => {
    const { World } = await import('./world.js');
    class Floor {
      sent(): void {}
      answered(): void {}
      refused(): void {}
      get value(): number {
        return World.playing!.destination.uidNext;
      }
    }
    return { Floor };
  });
  expect(await counterexample('within the standstill')).toMatch(/below the floor|copies of a message/);
});

it('notices a floor that goes by the highest UID, whatever the other writers wait for', async () => {
  vi.doMock('../../src/engine/copy/transfer/floor.js', () => {
    class Floor {
      constructor(public value: number) {}
      sent(): void {}
      refused(): void {}
      answered(_writer: number, uids: readonly number[] | null): void {
        const highest = uids === null ? null : Math.max(...uids);
        this.value = Math.max(this.value, (highest ?? 0) + 1);
      }
    }
    return { Floor };
  });
  expect(await counterexample('within the standstill')).toMatch(/below the floor|copies of a message/);
});

it('notices that what looks alike settles, without a look at the content', async () => {
  vi.doMock('../../src/engine/copy/prepare/reconcile.js', async () => {
    const actual = await vi.importActual<typeof Reconcile>('../../src/engine/copy/prepare/reconcile.js');
    const alike: Reconcile.ReadFingerprints = async (uids) =>
      new Map(uids.map((uid) => [uid, { exact: 'alike', canonical: 'alike' }]));
    const reconcile: typeof actual.reconcile = (there, candidates, _source, _destination, tiers) =>
      actual.reconcile(there, candidates, alike, alike, tiers);
    return { ...actual, reconcile };
  });
  expect(await counterexample('within the standstill')).toMatch(/which is another message/);
});

it('notices that late commits are not waited for', async () => {
  vi.doMock('../../src/engine/copy/prepare/standstill.js', () => ({
    standstill: async ({ look }: Waiting) => {
      await look();
    },
  }));
  expect(await counterexample('within the standstill')).toMatch(/copies of a message|below the floor|as a double/);
});

it('notices that late commits are waited for by the clock on the wall', async () => {
  vi.doMock('../../src/engine/copy/prepare/standstill.js', async () => {
    const actual = await vi.importActual<typeof Standstill>('../../src/engine/copy/prepare/standstill.js');
    const standstill: typeof actual.standstill = ({ clock, ...waiting }) => {
      const wall = { now: () => clock.now(), monotonic: () => clock.now(), sleep: clock.sleep.bind(clock) };
      return actual.standstill({ ...waiting, clock: wall });
    };
    return { ...actual, standstill };
  });
  expect(await counterexample('within the standstill', 11_400)).toMatch(
    /copies of a message|below the floor|as a double/,
  );
});

it('notices that the tail is not read', async () => {
  vi.doMock('../../src/engine/copy/prepare/settle-tail.js', async () => {
    const actual = await vi.importActual<typeof SettleTail>('../../src/engine/copy/prepare/settle-tail.js');
    const matchUnknown: typeof actual.matchUnknown = async (_context, _folders, there) => ({
      pairs: [],
      strangers: there.map(({ uid }) => uid),
      read: 0,
    });
    return { ...actual, matchUnknown };
  });
  expect(await counterexample('within the standstill')).toMatch(/copies of a message|below the floor/);
});

it('notices that what was sent repaired is looked for only as it is at the source', async () => {
  vi.doMock('../../src/engine/copy/prepare/settle-tail.js', async () => {
    const actual = await vi.importActual<typeof SettleTail>('../../src/engine/copy/prepare/settle-tail.js');
    const matchUnknown: typeof actual.matchUnknown = (context, folders, there, sought) =>
      actual.matchUnknown(context, folders, there, { ...sought, repaired: sought.repaired.minus(sought.repaired) });
    return { ...actual, matchUnknown };
  });
  expect(await counterexample('within the standstill')).toMatch(/copies of a message|below the floor/);
});

it('notices that the ledger does not remember what was sent repaired', async () => {
  vi.doMock('../../src/store/ledger/treated.js', async () => {
    const actual = await vi.importActual<typeof Treated>('../../src/store/ledger/treated.js');
    return { ...actual, writeTreated: () => ({}) };
  });
  expect(await counterexample('within the standstill')).toMatch(/copies of a message|below the floor/);
});

it('notices that the ledger does not remember that something is under way', async () => {
  vi.doMock('../../src/store/ledger/uid-ledger.js', async () => {
    const actual = await vi.importActual<typeof Ledger>('../../src/store/ledger/uid-ledger.js');
    Object.defineProperty(actual.UidLedger.prototype, 'writing', { get: () => false, set: () => {} });
    return actual;
  });
  expect(await counterexample('within the standstill')).toMatch(
    /copies of a message|below the floor|which is another message/,
  );
});

it('notices that nobody looks for doubles', async () => {
  vi.doMock('../../src/engine/copy/verify/find-doubles.js', async () => {
    const actual = await vi.importActual<typeof FindDoubles>('../../src/engine/copy/verify/find-doubles.js');
    return { ...actual, enterDoubles: async () => 0 };
  });
  expect(await counterexample('whenever')).toMatch(/copies of a message/);
});

it('notices that a double is on disk only after the folder is called read', async () => {
  vi.doMock('../../src/engine/copy/verify/finish-folder.js', async () => {
    const { verifyFolder } = await vi.importActual<typeof VerifyFolder>(
      '../../src/engine/copy/verify/verify-folder.js',
    );
    const finishFolder: typeof import('../../src/engine/copy/verify/finish-folder.js').finishFolder = async (
      context,
      job,
      { saveFindings },
    ) => {
      const { ledger } = job;
      if (job.todo.length > 0 || ledger.writing || !ledger.unknown.isEmpty || ledger.verifiedTo < ledger.floor) {
        ledger.verified((await verifyFolder(context, job)).below);
      }
      ledger.writing = false;
      await ledger.checkpoint();
      await saveFindings();
    };
    return { finishFolder };
  });
  expect(await counterexample('whenever')).toMatch(/copies of a message/);
});
