import type { PassRefusal } from '../../../store/mailbox/pass-schema.js';
import { SIDES, type Side } from '../../../words/side.js';
import { mostAtOnce } from '../most-at-once.js';
import type { Seen } from '../seen.js';
import { type Episode, episodesOf, isThrottled } from './episodes.js';
import { type Between, type Chance, COUNTED, type Counted, type Habits, type Throttle } from './habits.js';
import { mostShared, roundest, type Shared } from './most-shared.js';

/** The fewest refusals from which a habit is read, because one may be chance. */
const LEAST = 2;
/** The most that amounts may differ, as a part of their mean, if they are what a server counts. */
const ALIKE = 0.35;
/** How much wider than the narrowest the spread of amounts may be, for a server to count them all the same. */
const NEARLY = 0.08;
/**
 * The factor for the spread of times. Mail that is alike takes alike long, so time is what a server counts only where
 * the amounts agree much less.
 */
const TIME_COUNTS = 3;
/** Milliseconds that a named wait may be off: it is named in whole seconds, and the refusal was on its way for a while. */
const NAMED: Between = { least: -1_500, most: 500 };

/** The habits of servers that kept mailboxes from work in former nights. */
export function habitsOf(seen: readonly Seen[]): Habits {
  const [throttle = null, ...orElse] = throttlesOf(seen);
  return { throttle, orElse, chance: chanceOf(seen, throttle), connections: connectionsOf(seen) };
}

/** The readings of what was seen, the likeliest first. */
function throttlesOf(seen: readonly Seen[]): readonly Throttle[] {
  const all = seen.flatMap(({ attempts }) => episodesOf(attempts)).filter(({ served }) => served.messages > 0);
  const sideOf = (side: Side) => all.filter(({ refusal }) => refusal.side === side);
  const [episodes] = SIDES.map(sideOf).sort((a, b) => b.length - a.length);
  if (episodes === undefined || episodes.length < LEAST) return [];
  const read = COUNTED.map((counts) => ({ counts, spread: spreadOf(episodes, counts) })).sort(
    (a, b) => a.spread - b.spread,
  );
  const most = Math.min(ALIKE, (read[0]?.spread ?? 0) + NEARLY);
  const { waitSeconds: _, ...refusal } = episodes[0]!.refusal;
  return read
    .filter(({ spread }) => spread <= most)
    .map(({ counts }) => ({
      refusal,
      counts,
      served: episodes.map(({ served }) => served[counts]),
      renews: renewalOf(episodes),
      names: episodes.some(({ namedAt }) => namedAt !== null) ? 'the wait' : 'no wait',
    }));
}

/** The standard deviation as a part of the mean. */
function spreadOf(episodes: readonly Episode[], counts: Counted): number {
  const amounts = episodes.map(({ served }) => served[counts]);
  const mean = amounts.reduce((sum, one) => sum + one, 0) / amounts.length;
  const square = amounts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / amounts.length;
  if (mean <= 0) return Number.POSITIVE_INFINITY;
  return (Math.sqrt(square) / mean) * (counts === 'work' ? TIME_COUNTS : 1);
}

/** When it serves again: by whichever beginning the episodes agree best about. */
function renewalOf(episodes: readonly Episode[]): Throttle['renews'] {
  const of = (since: Throttle['renews']['since']) => ({
    since,
    ...bounded(mostShared(episodes.map((one) => renewed(one, since === 'refusal' ? one.refusedAt : one.openedAt)))),
  });
  const width = ({ least, most }: Shared) => most - least;
  const [best] = [of('first served'), of('refusal')].sort((a, b) => b.hits - a.hits || width(a) - width(b));
  const { since, least, most } = best!;
  return { since, least, most, likely: roundest({ least, most }) };
}

function renewed({ lastInVain, namedAt, servedAgainAt }: Episode, base: number): Between {
  if (namedAt !== null) return { least: namedAt - base + NAMED.least, most: namedAt - base + NAMED.most };
  return { least: lastInVain - base, most: (servedAgainAt ?? Number.POSITIVE_INFINITY) - base };
}

/** Bounds a wait whose end nobody saw. Nothing is known of its upper end, so twice the lower one is taken. */
const bounded = (one: Shared): Shared => (Number.isFinite(one.most) ? one : { ...one, most: one.least * 2 });

/** All refusals that no throttle explains. */
function chanceOf(seen: readonly Seen[], throttle: Throttle | null): Chance | null {
  const attempts = seen.flatMap((one) => one.attempts);
  const refusals = attempts.flatMap(({ refusal }): PassRefusal[] => {
    if (refusal === null || isOfConnections(refusal)) return [];
    return throttle !== null && isThrottled(refusal) && refusal.side === throttle.refusal.side ? [] : [refusal];
  });
  if (refusals.length < LEAST) return null;
  const worked = attempts.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
  return { refusals, every: worked / refusals.length };
}

const isOfConnections = ({ kind, during, scope }: PassRefusal) =>
  kind === 'throttled' && during === 'login' && scope === 'endpoint';

/** The connections that each side bore: of a side that refused some, as many as were ever open at once. */
function connectionsOf(seen: readonly Seen[]): Habits['connections'] {
  const attempts = seen.flatMap((one) => one.attempts);
  const found: Partial<Record<Side, number>> = {};
  for (const side of SIDES) {
    // Where each mailbox is let in once, it is the login that bears no more.
    const someHadMore = attempts.some(({ lines }) => lines !== null && lines[side] > 1);
    const refused = attempts.some(
      ({ refusal, lines }) =>
        (refusal?.side === side && isOfConnections(refusal)) || (someHadMore && lines?.refusedAt.includes(side)),
    );
    if (!refused) continue;
    const spans = attempts.flatMap(({ from, to, lines }) => (lines === null ? [] : [{ from, to, many: lines[side] }]));
    found[side] = Math.max(1, mostAtOnce(spans));
  }
  return found;
}
