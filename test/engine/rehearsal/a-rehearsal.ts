import { NO_HABITS } from '../../../src/engine/rehearsal/habits/habits.js';
import type { Load } from '../../../src/engine/rehearsal/load.js';
import type { Luck, Night, Played } from '../../../src/engine/rehearsal/night.js';
import type { Costs, Pace } from '../../../src/engine/rehearsal/pace.js';
import { steps } from '../../../src/engine/rehearsal/play.js';
import { Slices } from '../../../src/engine/rehearsal/slices.js';
import type { Batch, BatchOptions, Endpoint } from '../../../src/store/batch/batch.js';
import { seeded } from '../../../src/words/seeded.js';
import { nightBatch } from '../../support/night-batch.js';

export const BEGINS = Date.UTC(2026, 0, 15, 20, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A minute for each of 100 messages of 10,000 bytes: plain numbers to be counted with. */
export const PLAIN: Costs = { perStart: 0, perMessage: 600, perByte: 0 };

export const A_PACE: Pace = {
  costs: PLAIN,
  habits: NO_HABITS,
  unsure: { ofMailbox: 0.1, ofNight: 0.1 },
  origin: { kind: 'measured', mailboxes: 5, batches: ['pilot'], atOnce: 4 },
};

export interface ANight {
  /** Mailboxes, or how many messages each has. */
  readonly messages: readonly number[];
  readonly options?: Partial<BatchOptions>;
  readonly source?: Partial<Endpoint>;
  readonly change?: (batch: Batch) => Batch;
  readonly loads?: (load: Load, at: number) => Load;
}

export function aPlayedNight({ messages, options, source, change, loads }: ANight): Night {
  const users = messages.map((_, at) => `user${at + 1}`);
  const plain = nightBatch({ users, options, endpoints: source ? { source } : {}, now: BEGINS });
  const batch = change ? change(plain) : plain;
  return {
    batch,
    from: BEGINS,
    spent: new Map(),
    loads: batch.mailboxes.map((row, at) => {
      const load: Load = {
        row,
        starts: 'first',
        notBefore: 0,
        messages: messages[at]!,
        bytes: messages[at]! * 10_000,
        newest: null,
        known: 'counted',
      };
      return loads ? loads(load, at) : load;
    }),
  };
}

export const plainLuck = (costs: Costs = PLAIN, more: Partial<Luck> = {}): Luck => ({
  random: seeded(1),
  costsOf: () => costs,
  habits: NO_HABITS,
  ...more,
});

/** Minutes from the beginning at which each is done. */
export function doneAfter(played: readonly Played[]): readonly (number | null)[] {
  return played.map(({ doneAt }) => (doneAt === null ? null : Math.round((doneAt - BEGINS) / MINUTE)));
}

/** A night, played without a break. */
export function play(night: Night, luck: Luck): readonly Played[] {
  const all = steps(night, luck);
  for (;;) {
    const step = all.next();
    if (step.done) return step.value;
  }
}

export const playPlainly = (night: ANight, luck: Luck = plainLuck()) => play(aPlayedNight(night), luck);

/** No time goes by while it is played: nobody else has a turn. */
export const unbroken = (): Slices => new Slices({ monotonic: () => 0 }, 1, async () => {});
