import { fitCosts, type Sample, timeOf } from './fit-costs.js';
import { habitsOf } from './habits/learn.js';
import { mostAtOnce } from './most-at-once.js';
import type { Costs, Pace, Unsure } from './pace.js';
import type { Seen } from './seen.js';

/** How much mailboxes are taken to differ before many were measured, and as how many mailboxes that counts. */
const BEFOREHAND = { spread: 0.25, mailboxes: 2 } as const;
/** How much one night differs from another, whatever was measured. */
const BETWEEN_NIGHTS = 0.06;

/** The pace of former nights; null: nothing was moved in them. */
export function paceOf(seen: readonly Seen[]): Pace | null {
  const moved = seen.filter(({ messages }) => messages > 0);
  const samples = moved.map(sampleOf).filter(({ ms }) => ms > 0);
  if (samples.length === 0) return null;
  const costs = fitCosts(moved.flatMap(samplesOf));
  return {
    costs,
    habits: habitsOf(seen),
    unsure: unsureOf(samples, costs),
    origin: {
      kind: 'measured',
      mailboxes: samples.length,
      batches: [...new Set(moved.map(({ batch }) => batch))],
      atOnce: mostAtOnce(moved.flatMap(({ attempts }) => attempts.map(({ from, to }) => ({ from, to, many: 1 })))),
    },
  };
}

function sampleOf({ attempts, messages, bytes }: Seen): Sample {
  const ms = attempts.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
  return { ms, starts: attempts.length, messages, bytes };
}

/** Each attempt by itself where it was noted what it moved: one that was refused at once shows what a start costs. */
function samplesOf(seen: Seen): readonly Sample[] {
  const noted = seen.attempts.flatMap(({ from, to, moved }): Sample[] =>
    moved === null ? [] : [{ ms: to - from, starts: 1, ...moved }],
  );
  return noted.length === seen.attempts.length ? noted : [sampleOf(seen)];
}

function unsureOf(samples: readonly Sample[], costs: Costs): Unsure {
  const all = samples.reduce((sum, { ms }) => sum + ms, 0);
  // Mailboxes are weighed by their time. A small one may take twice as long as told without making the night longer.
  const seen = samples.reduce((sum, one) => sum + (one.ms / all) * Math.log(one.ms / timeOf(costs, one)) ** 2, 0);
  const many = samples.length;
  const square = (seen * many + BEFOREHAND.spread ** 2 * BEFOREHAND.mailboxes) / (many + BEFOREHAND.mailboxes);
  return { ofMailbox: Math.sqrt(square), ofNight: Math.sqrt(square / many + BETWEEN_NIGHTS ** 2) };
}
