import type { Random } from '../../words/clock.js';
import { seeded } from '../../words/seeded.js';
import type { Habits, Throttle } from './habits/habits.js';
import type { Load } from './load.js';
import type { Luck } from './night.js';
import type { Pace } from './pace.js';

/** The most standard deviations that a drawn cost may be off. */
const FARTHEST = 3;
/** How much a mailbox that nobody looked into differs from a middling one: the standard deviation of the logarithm. */
const UNSEEN = 0.9;
/**
 * The most that each mailbox may lose where more are at work at once than was measured. The power is drawn from 0 to
 * this.
 */
const CROWDED = 0.5;
/** How much the amounts that a server serves differ between two nights: the standard deviation of the logarithm. */
const OTHER_NIGHT = 0.05;

/**
 * The night in which nothing is better or worse than measured. Gaps of the stagger are still drawn, because their sum
 * comes to the mean.
 *
 * @param seed  the same seed makes the same night
 */
export function middleLuck({ costs, habits }: Pace, seed: number): Luck {
  return { random: seeded(seed), costsOf: () => costs, habits };
}

/**
 * A night with other luck. The costs of the night and of each mailbox, and the sizes of mailboxes that nobody looked
 * into, are drawn anew.
 *
 * @param atOnce  mailboxes that will be at work at once
 */
export function drawnLuck(pace: Pace, seed: number, atOnce: number): Luck {
  const random = seeded(seed);
  const { costs, habits, unsure, origin } = pace;
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
    habits: drawnHabits(habits, random),
    costsOf: (load) => {
      const factor = factorOf(load);
      const { perStart, perMessage, perByte } = costs;
      return { perStart: perStart * factor, perMessage: perMessage * factor, perByte: perByte * factor };
    },
  };
}

function drawnHabits({ throttle: likeliest, orElse, chance, connections }: Habits, random: Random): Habits {
  const all = likeliest === null ? [] : [likeliest, ...orElse];
  const throttle = all[Math.floor(random() * all.length)] ?? null;
  const more = Math.exp(OTHER_NIGHT * gauss(random));
  return {
    throttle: throttle && {
      ...throttle,
      served: throttle.served.map((amount) => amount * more),
      renews: drawnRenewal(throttle.renews, random),
    },
    orElse: [],
    chance: chance && { ...chance, every: chance.every * Math.exp(gauss(random) / Math.sqrt(chance.refusals.length)) },
    connections,
  };
}

/** Draws the wait anew: in half of the nights it is anything between the bounds, because the likely one is a guess. */
function drawnRenewal(renews: Throttle['renews'], random: Random): Throttle['renews'] {
  const { least, most, likely } = renews;
  const [drawn, isLikely] = [least + random() * (most - least), random() < 0.5];
  return { ...renews, likely: isLikely ? likely : drawn };
}

/** A number of the normal distribution, within bounds. */
function gauss(random: Random): number {
  const drawn = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(-FARTHEST, Math.min(FARTHEST, drawn));
}
