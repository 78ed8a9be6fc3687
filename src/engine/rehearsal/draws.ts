import type { Random } from '../../words/clock.js';
import { seeded } from '../../words/seeded.js';
import type { Load } from './load.js';
import type { Pace } from './pace.js';
import type { Luck } from './play.js';

/** Costs are not taken to be further off than so many standard deviations. */
const FARTHEST = 3;
/** Mailboxes that nobody looked into differ from the one that they are taken for: a standard deviation of the logarithm. */
const UNSEEN = 0.9;
/** With more at once than was measured the servers may give each so much less: parts of the power, 0 to this. */
const CROWDED = 0.5;

/**
 * The night as it goes if nothing is better or worse than was measured. Gaps of the stagger are those of chance still: in
 * their sum that is the middle.
 *
 * @param seed  the same one makes the same night
 */
export function middleLuck({ costs, rests }: Pace, seed: number): Luck {
  return { random: seeded(seed), costsOf: () => costs, rests };
}

/**
 * One of the nights that it may become: costs of the night, of each mailbox, and the size of mailboxes that nobody looked
 * into are drawn anew.
 *
 * @param atOnce  mailboxes that will be at work at once
 */
export function drawnLuck(pace: Pace, seed: number, atOnce: number): Luck {
  const random = seeded(seed);
  const { costs, rests, unsure, origin } = pace;
  const crowd = origin.kind === 'measured' ? Math.max(1, atOnce / Math.max(1, origin.atOnce)) : 1;
  const ofNight = Math.exp(unsure.ofNight * gauss(random)) * crowd ** (CROWDED * random());
  const factors = new Map<string, number>();
  const factorOf = ({ row, known }: Load) => {
    const before = factors.get(row.id);
    if (before !== undefined) return before;
    const own = known === 'guessed' ? Math.hypot(unsure.ofMailbox, UNSEEN) : unsure.ofMailbox;
    const drawn = ofNight * Math.exp(own * gauss(random) - own ** 2 / 2);
    factors.set(row.id, drawn);
    return drawn;
  };
  return {
    random,
    rests: rests && { ...rests, every: rests.every * Math.exp(gauss(random) / Math.sqrt(rests.lasted.length)) },
    costsOf: (load) => {
      const factor = factorOf(load);
      const { perStart, perMessage, perByte } = costs;
      return { perStart: perStart * factor, perMessage: perMessage * factor, perByte: perByte * factor };
    },
  };
}

/** Of the normal distribution, within bounds. */
function gauss(random: Random): number {
  const drawn = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(-FARTHEST, Math.min(FARTHEST, drawn));
}
