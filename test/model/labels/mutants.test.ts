import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as Index from '../../../src/engine/copy/labels/label-index.js';
import type * as Numbers from '../../../src/engine/copy/labels/message-numbers.js';
import type * as Fates from '../../../src/engine/mailbox/pass/label-fates.js';
import type * as Labels from '../../../src/engine/mailbox/pass/pass-labels.js';
import type { LabelPolicy } from '../../../src/store/batch/batch.js';
import type * as Ledger from '../../../src/store/ledger/uid-ledger.js';
import type * as Sets from '../../../src/store/uid/uid-set.js';
import type { Disturbance } from './play.js';

/** Each of these breaks one rule of decision 0025 in the program. The random nights must notice: they are worth nothing otherwise. */

const NIGHTS = 40;
const SETS = '../../../src/store/uid/uid-set.js';

const MODULES = {
  index: '../../../src/engine/copy/labels/label-index.js',
  numbers: '../../../src/engine/copy/labels/message-numbers.js',
  fates: '../../../src/engine/mailbox/pass/label-fates.js',
  labels: '../../../src/engine/mailbox/pass/pass-labels.js',
  ledger: '../../../src/store/ledger/uid-ledger.js',
} as const;

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  for (const path of Object.values(MODULES)) vi.doUnmock(path);
});

/** The first night, from this one on, in which something is wrong, as text; `none`: all are well. */
async function counterexample(policy: LabelPolicy, happens: Disturbance, from = 1): Promise<string> {
  const { playAccount } = await import('./play.js');
  for (let seed = from; seed <= NIGHTS; seed++) {
    try {
      await playAccount(seed, policy, happens);
    } catch (error) {
      return String(error);
    }
  }
  return 'none';
}

it('notices nothing where nothing is broken', async () => {
  expect(await (await import('./play.js')).playAccount(1, 'first-folder', 'everything')).toBeUndefined();
});

it('notices ids that are read as doubles', async () => {
  vi.doMock(MODULES.numbers, async () => {
    const actual = await vi.importActual<typeof Numbers>(MODULES.numbers);
    class Doubles extends actual.MessageNumbers {
      override numberOf(id: bigint): number {
        return super.numberOf(BigInt(Number(id)));
      }
    }
    return { MessageNumbers: Doubles };
  });
  expect(await counterexample('first-folder', 'labels')).toMatch(/is missing|has \d copies|no label says so/);
});

it('notices that a message is called carried before it is stored', async () => {
  vi.doMock(MODULES.fates, async () => {
    const actual = await vi.importActual<typeof Fates>(MODULES.fates);
    const { UidSet } = (await import(SETS)) as typeof Sets;
    const storedBy: typeof actual.storedBy = (one) => actual.storedBy(one).union(UidSet.range(1, 99));
    return { ...actual, storedBy };
  });
  expect(await counterexample('first-folder', 'everything')).toMatch(/is missing/);
});

it('notices that what may be under way in a folder is given to another', async () => {
  vi.doMock(MODULES.fates, async () => {
    const actual = await vi.importActual<typeof Fates>(MODULES.fates);
    const fatesBy: typeof actual.fatesBy = (...given) => {
      const fates = actual.fatesBy(...given);
      return { ...fates, bound: fates.bound.minus(fates.bound) };
    };
    return { ...actual, fatesBy };
  });
  expect(await counterexample('first-folder', 'everything', 20)).toMatch(/has \d copies/);
});

it('notices that what is stored is given to a label that comes before', async () => {
  vi.doMock(MODULES.fates, async () => {
    const actual = await vi.importActual<typeof Fates>(MODULES.fates);
    const fatesBy: typeof actual.fatesBy = (...given) => {
      const fates = actual.fatesBy(...given);
      return { ...fates, stored: fates.stored.minus(fates.stored), carried: new Map() };
    };
    return { ...actual, fatesBy };
  });
  expect(await counterexample('first-folder', 'labels')).toMatch(/has \d copies|no label says so/);
});

it('notices that nobody remembers which label has brought a message', async () => {
  vi.doMock(MODULES.ledger, async () => {
    const actual = await vi.importActual<typeof Ledger>(MODULES.ledger);
    actual.UidLedger.prototype.carry = () => {};
    return actual;
  });
  expect(await counterexample('first-folder', 'labels')).toMatch(/has \d copies|it ended in|no label says so/);
});

it('notices that a folder of the destination that was made anew is believed to hold what it held', async () => {
  vi.doMock(MODULES.ledger, async () => {
    const actual = await vi.importActual<typeof Ledger>(MODULES.ledger);
    actual.UidLedger.prototype.uncarry = () => {};
    return actual;
  });
  expect(await counterexample('keywords', 'everything')).toMatch(/is missing/);
});

it('notices a ledger that is believed although its folder is numbered anew', async () => {
  vi.doMock(MODULES.fates, async () => {
    const actual = await vi.importActual<typeof Fates>(MODULES.fates);
    const as = ({ ledger }: Fates.LabelLedger): Fates.LabelLedger => ({
      ledger,
      now: { source: null, destination: null },
    });
    const fatesBy: typeof actual.fatesBy = (one, ...more) => actual.fatesBy(as(one), ...more);
    return {
      ...actual,
      fatesBy,
      storedBy: (one) => actual.storedBy(as(one)),
      settledBy: (one) => actual.settledBy(as(one)),
    } satisfies typeof actual;
  });
  expect(await counterexample('first-folder', 'everything')).toMatch(/is missing|has 2 copies|no label says so/);
});

it('notices that a message whose label was taken off in the night is given to no other', async () => {
  vi.doMock(MODULES.labels, async () => {
    const actual = await vi.importActual<typeof Labels>(MODULES.labels);
    actual.PassLabels.prototype.release = () => [];
    return actual;
  });
  expect(await counterexample('first-folder', 'labels')).toMatch(/is missing|it ended in|no label says so/);
});

it('notices that mail which comes in the night into two labels is taken by both', async () => {
  vi.doMock(MODULES.index, async () => {
    const actual = await vi.importActual<typeof Index>(MODULES.index);
    actual.LabelIndex.prototype.join = () => {};
    return actual;
  });
  expect(await counterexample('first-folder', 'labels')).toMatch(/has \d copies|no label says so/);
});

it('notices that each label has a copy of its own sent', async () => {
  vi.doMock(MODULES.labels, async () => {
    const actual = await vi.importActual<typeof Labels>(MODULES.labels);
    actual.PassLabels.prototype.twinOf = () => null;
    return actual;
  });
  expect(await counterexample('all-folders', 'labels')).toMatch(/\d bodies/);
});

it('notices that All Mail brings what other labels bring, too', async () => {
  vi.doMock(MODULES.index, async () => {
    const actual = await vi.importActual<typeof Index>(MODULES.index);
    const { elsewhere } = actual.LabelIndex.prototype;
    actual.LabelIndex.prototype.elsewhere = function (folder) {
      const uids = elsewhere.call(this, folder);
      return uids.minus(uids);
    };
    return actual;
  });
  expect(await counterexample('all-folders', 'labels')).toMatch(/\d bodies|has \d copies|is \d times|no label says so/);
});
