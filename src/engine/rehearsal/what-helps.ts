import type { Instant } from '../../protocol/entities.js';
import type { BatchOptions } from '../../store/batch/batch.js';
import { mapEndpoints } from '../../store/batch/endpoints.js';
import { SIDES } from '../../words/side.js';
import { middleLuck } from './draws.js';
import { isDoneBy } from './late.js';
import type { Load } from './load.js';
import type { Night, Played } from './night.js';
import type { Pace } from './pace.js';
import { steps } from './play.js';
import { hasRate } from './played/rate-caps.js';
import { doneIn, endOf } from './rehearse.js';
import type { Slices } from './slices.js';

/** Something that an operator may change about a night. */
export type Change =
  | { readonly key: 'concurrency'; readonly to: number }
  | { readonly key: 'stagger'; readonly to: BatchOptions['stagger'] }
  | { readonly key: 'largest first' }
  | { readonly key: 'no rate' }
  | { readonly key: 'no window' }
  | { readonly key: 'start earlier'; readonly at: Instant }
  /** These mailboxes start before the others. */
  | { readonly key: 'these earlier'; readonly at: Instant; readonly mailboxes: readonly Load[] };

/** The night with that change. */
export interface Help {
  readonly change: Change;
  /** How many are done by the hour; null: no hour was asked for. */
  readonly doneBy: number | null;
  readonly end: Instant | null;
}

interface Helping {
  readonly by: Instant | null;
  /** No start may be earlier than this. */
  readonly now: Instant;
  /** The night unchanged, as it was played by the same seed. */
  readonly before: readonly Played[];
  readonly seed: number;
  readonly slices: Slices;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** By how much a change must bring the end forward to be named: by this part of the night, and by this long. */
const WORTH_IT = { part: 0.05, least: 5 * MINUTE } as const;
const MOST_AT_ONCE = 100;
/** Factors by which more mailboxes at once are tried. */
const MORE_AT_ONCE = [1.5, 2, 3] as const;
/** Seconds between first starts, which no source is known to have taken for an attack. */
const CLOSE: BatchOptions['stagger'] = { min: 10, max: 15 };
const EARLIER = [1, 2, 4] as const;
const A_DAY = 24 * HOUR;
const TOLD = 4;

/**
 * Plays the night again with one thing changed at a time. Names the changes that help, the best first. Where several
 * are one change by degrees, it names the smallest that does as much as the others.
 */
export async function whatHelps(night: Night, pace: Pace, helping: Helping): Promise<readonly Help[]> {
  const { by, now, before, seed, slices } = helping;
  const played = (changed: Night) => slices.through(steps(changed, middleLuck(pace, seed)));
  const base = resultOf(before, by);
  const length = base.end === null ? A_DAY : base.end - night.from;
  const isBetter = comparing(night.loads.length, Math.max(WORTH_IT.least, WORTH_IT.part * length));
  const helps: Help[] = [];
  for (const degrees of candidates(night, before, by, now)) {
    let best: Help | null = null;
    for (const change of degrees) {
      const help = { change, ...resultOf(await played(changedBy(night, change)), by) };
      if (isBetter(help, best ?? base)) best = help;
    }
    if (best !== null) helps.push(best);
  }
  return helps.sort((a, b) => (b.doneBy ?? 0) - (a.doneBy ?? 0) || ended(a) - ended(b)).slice(0, TOLD);
}

type Result = Omit<Help, 'change'>;

const resultOf = (mailboxes: readonly Played[], by: Instant | null): Result => ({
  doneBy: by === null ? null : doneIn(mailboxes, by),
  end: endOf(mailboxes),
});

const ended = ({ end }: Result) => end ?? Number.MAX_SAFE_INTEGER;

/**
 * Compares two nights. The one in which more mailboxes are done by the hour is better; without an hour, the one that
 * ends sooner. Where all are done by the hour, nothing is better.
 *
 * @param least  milliseconds by which an end is sooner that is worth a change
 */
const comparing =
  (all: number, least: number) =>
  (one: Result, other: Result): boolean => {
    if (one.doneBy !== null && other.doneBy !== null && one.doneBy !== other.doneBy) return one.doneBy > other.doneBy;
    return other.doneBy !== all && ended(other) - ended(one) >= least;
  };

/** Changes that can be made. Each row is one change by degrees, the smallest first. */
function candidates(
  { batch, from, loads }: Night,
  before: readonly Played[],
  by: Instant | null,
  now: Instant,
): readonly (readonly Change[])[] {
  const { concurrency, stagger, order, window } = batch.options;
  const late = by === null ? [] : before.filter((one) => !isDoneBy(one, by)).map(({ load }) => load);
  const dayBefore = Math.max(now, from - A_DAY);
  const atOnce = MORE_AT_ONCE.map((times) => Math.min(MOST_AT_ONCE, Math.ceil(concurrency * times)));
  return [
    [...new Set(atOnce)].filter((to) => to > concurrency).map((to) => ({ key: 'concurrency', to })),
    stagger.min > CLOSE.min ? [{ key: 'stagger', to: CLOSE }] : [],
    order === 'size' ? [] : [{ key: 'largest first' }],
    hasRate(batch) ? [{ key: 'no rate' }] : [],
    window === null ? [] : [{ key: 'no window' }],
    EARLIER.map((hours) => from - hours * HOUR)
      .filter((at) => at >= now)
      .map((at) => ({ key: 'start earlier', at })),
    dayBefore < from && late.length > 0 && late.length < loads.length
      ? [{ key: 'these earlier', at: dayBefore, mailboxes: late }]
      : [],
  ];
}

function changedBy(night: Night, change: Change): Night {
  const options = (changed: Partial<BatchOptions>): Night => ({
    ...night,
    batch: { ...night.batch, options: { ...night.batch.options, ...changed } },
  });
  switch (change.key) {
    case 'concurrency':
      return options({ concurrency: change.to });
    case 'stagger':
      return options({ stagger: change.to });
    case 'largest first':
      return options({ order: 'size' });
    case 'no window':
      return options({ window: null });
    case 'no rate':
      return { ...night, batch: withoutRate(night.batch) };
    case 'start earlier':
      return { ...night, from: change.at };
    case 'these earlier': {
      const early = new Set(change.mailboxes);
      const others = night.loads.filter((load) => !early.has(load));
      const loads = [...change.mailboxes, ...others.map((load) => ({ ...load, notBefore: night.from }))];
      return { ...options({ order: 'plan' }), from: change.at, loads };
    }
  }
}

function withoutRate(batch: Night['batch']): Night['batch'] {
  return SIDES.reduce(
    (now, side) => mapEndpoints(now, side, (endpoint) => ({ ...endpoint, limits: { ...endpoint.limits, rate: null } })),
    batch,
  );
}
