import type { Instant } from '../../protocol/entities.js';
import type { Banded } from '../../protocol/rehearsal-entity.js';
import { drawnLuck, middleLuck } from './draws.js';
import { isDoneBy, type LateGroup, lateGroups } from './late.js';
import type { Night, Played } from './night.js';
import type { Pace } from './pace.js';
import { steps } from './play.js';
import type { Slices } from './slices.js';

/** The night as it was rehearsed. */
export interface Rehearsal {
  readonly from: Instant;
  /** The hour that was asked for; null: none was. */
  readonly by: Instant | null;
  /** The night in the middle, and the seed of its luck. */
  readonly mailboxes: readonly Played[];
  readonly seed: number;
  /** How many mailboxes are done by the hour; null: no hour was asked for. */
  readonly doneBy: Banded<number> | null;
  /** When the last mailbox is done; null: after the end of what is played. */
  readonly end: Banded<Instant | null>;
  /** Mailboxes that are not done by the hour. */
  readonly late: readonly LateGroup[];
  readonly pace: Pace;
}

/** The settings of a rehearsal. */
interface Rehearsing {
  readonly by: Instant | null;
  /** Nights that are drawn for the range. */
  readonly draws: number;
  /** The same seed gives the same answer. */
  readonly seed: number;
  readonly slices: Slices;
}

/** The number of nights that are played to tell of the one in the middle. */
const MIDDLE_OF = 9;
/** The part of the nights that the range leaves out at either end. */
const TAIL = 0.05;

/** Plays the night as measured, and then many times with other luck. */
export async function rehearse(night: Night, pace: Pace, rehearsing: Rehearsing): Promise<Rehearsal> {
  const { by, draws, seed, slices } = rehearsing;
  const { mailboxes, seed: middle } = await middleNight(night, pace, rehearsing);
  const { concurrency } = night.batch.options;
  const ends: (Instant | null)[] = [endOf(mailboxes)];
  const done: number[] = by === null ? [] : [doneIn(mailboxes, by)];
  for (let draw = 1; draw <= draws; draw++) {
    const drawn = await slices.through(steps(night, drawnLuck(pace, seed + draw, concurrency)));
    ends.push(endOf(drawn));
    if (by !== null) done.push(doneIn(drawn, by));
  }
  return {
    from: night.from,
    by,
    mailboxes,
    seed: middle,
    doneBy: by === null ? null : banded(done, (a, b) => a - b),
    end: banded(ends, (a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY) || 0),
    late: by === null ? [] : lateGroups(mailboxes, night.from, by),
    pace,
  };
}

/**
 * Plays the night as measured. Where servers have mailboxes rest by chance, one that rests long may end the night: of
 * several such nights the one in the middle is told.
 */
async function middleNight(night: Night, pace: Pace, { seed, slices }: Rehearsing) {
  const { throttle, chance } = pace.habits;
  const many = throttle === null && chance === null ? 1 : MIDDLE_OF;
  const nights: Pick<Rehearsal, 'mailboxes' | 'seed'>[] = [];
  for (let at = 0; at < many; at++) {
    const own = seed - at;
    nights.push({ mailboxes: await slices.through(steps(night, middleLuck(pace, own))), seed: own });
  }
  const ended = ({ mailboxes }: Pick<Rehearsal, 'mailboxes'>) => endOf(mailboxes) ?? Number.MAX_SAFE_INTEGER;
  return nights.sort((a, b) => ended(a) - ended(b))[Math.floor(many / 2)]!;
}

export const doneIn = (mailboxes: readonly Played[], by: Instant): number =>
  mailboxes.filter((one) => isDoneBy(one, by)).length;

/** When the last mailbox is done; null: one is not done by the end of what is played. */
export function endOf(mailboxes: readonly Played[]): Instant | null {
  return mailboxes.reduce<Instant | null>(
    (last, { doneAt }) => (last === null || doneAt === null ? null : Math.max(last, doneAt)),
    0,
  );
}

/** A value with its range, which always includes it.  @param values  the middle one first */
function banded<T>(values: readonly T[], compare: (a: T, b: T) => number): Banded<T> {
  const middle = values[0]!;
  const sorted = [...values].sort(compare);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!;
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  return {
    middle,
    from: compare(low, middle) <= 0 ? low : middle,
    to: compare(high, middle) >= 0 ? high : middle,
  };
}
