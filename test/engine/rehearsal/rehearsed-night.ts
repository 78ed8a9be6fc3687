import { setMaxListeners } from 'node:events';
import { sumOfCensus } from '../../../src/engine/check/census.js';
import { checkPlan } from '../../../src/engine/check/check-plan.js';
import type { CheckWatch } from '../../../src/engine/check/check-watch.js';
import { TrustBook } from '../../../src/engine/login/trust-book.js';
import { seenIn } from '../../../src/engine/rehearsal/former-nights.js';
import type { Habits } from '../../../src/engine/rehearsal/habits/habits.js';
import { isDoneBy } from '../../../src/engine/rehearsal/late.js';
import { loadsOfPlan } from '../../../src/engine/rehearsal/loads.js';
import { paceOf } from '../../../src/engine/rehearsal/measure.js';
import { type Rehearsal, rehearse } from '../../../src/engine/rehearsal/rehearse.js';
import type { Seen } from '../../../src/engine/rehearsal/seen.js';
import type { Look } from '../../../src/store/looks/looks.js';
import { seeded } from '../../../src/words/seeded.js';
import { aNight, type Night, type NightOptions, passwords } from '../../support/night.js';
import { letter, type Mail } from '../../support/odd-mail.js';
import { unbroken } from './a-rehearsal.js';

/** Bytes a second of each line to the destination. */
const THIN = 4_000;

/** Mail of very different amounts: a few mailboxes hold most of it. */
const unevenMail =
  (seed: number) =>
  (user: string): Mail => {
    const number = Number(user.replace(/\D/g, ''));
    const random = seeded(seed * 1000 + number);
    const many = 8 + Math.floor(random() ** 2 * 70);
    const some = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        letter(`${name}-${number}-${i}`, { bytes: 600 + Math.floor(random() ** 3 * 14_000) }),
      );
    return { INBOX: some('in', Math.ceil(many / 2)), Archive: some('arch', Math.floor(many / 2)) };
  };

/** Mailboxes over thin lines, six at once, first starts some seconds apart. */
export function aThinNight(seed: number, users: number, more: Partial<NightOptions> = {}): Promise<Night> {
  return aNight({
    mailboxes: users,
    mail: unevenMail(seed),
    seed,
    speed: { destination: THIN },
    ...more,
    options: { concurrency: 6, stagger: { min: 4, max: 8 }, look: 'none', ...more.options },
  });
}

/** Runs a small night, and tells what its mailboxes were seen to do: the measurement that a rehearsal goes by. */
export async function seenInEarlier(night: Night): Promise<readonly Seen[]> {
  await night.run();
  return seenIn(night.store());
}

/** The size of each mailbox, as a real check finds it before the night. */
/** Nobody looks at this check. */
const NOBODY_WATCHES: CheckWatch = {
  endpoint: () => {},
  begun: () => {},
  mailbox: async () => {},
  notTried: () => {},
  writing: () => {},
};

async function censusOf(night: Night): Promise<ReadonlyMap<string, Look>> {
  const trust = new TrustBook(night.batch);
  await trust.read();
  const { signal } = new AbortController();
  // All mailboxes are looked at at once, and each listens.
  setMaxListeners(0, signal);
  const { censuses } = await night.clock.until(
    checkPlan({
      batch: night.batch,
      trust: (row) => trust.of(row),
      credentials: passwords,
      connect: (host) => night.connect(host),
      clock: night.clock,
      signal,
      probe: async () => ({ kind: 'answers', greeting: null }) as never,
      watch: NOBODY_WATCHES,
      random: night.random,
      writeTest: 'none',
    }),
  );
  return new Map(
    censuses.map((census) => {
      const { messages, bytes, newest } = sumOfCensus(census);
      return [census.mailbox, { messages, bytes, newest, at: night.clock.now() }];
    }),
  );
}

/** A rehearsal, and the truth. */
export interface Compared {
  readonly rehearsal: Rehearsal;
  readonly from: number;
  readonly end: number;
  /** How far off the promised end was, as a part of the whole night; negative: it promised too early. */
  readonly off: number;
  /** The end came between the hours that were promised. */
  readonly isInRange: boolean;
  /** Part of the mailboxes that were done by the hour and had been promised, or neither. @param part  of the whole night, at which that hour is */
  readonly agrees: (part: number) => number;
}

/** Rehearses a night by its census and what an earlier one measured, then really runs it. */
export async function rehearsedNight(
  night: Night,
  seen: readonly Seen[],
  begins: () => void = () => {},
  seed = 1,
): Promise<Compared> {
  const looks = await censusOf(night);
  // The last connections of the check are closed before the night begins.
  await night.clock.passes(60_000);
  // A check asks more than a night may.
  night.source.forget();
  night.destination.forget();
  const from = night.clock.now();
  const pace = paceOf(seen);
  if (!pace) throw new Error('the earlier night measured nothing');
  const { loads } = loadsOfPlan(night.batch, ({ email }) => looks.get(email) ?? null);
  const rehearsal = await rehearse({ batch: night.batch, from, loads, spent: new Map() }, pace, {
    by: null,
    draws: 40,
    seed,
    slices: unbroken(),
  });
  begins();
  await night.run();
  const doneAt = new Map(
    night.users.map((user) => {
      const { state } = night.mailbox(user);
      return [user, state.kind === 'synced' ? state.at : Number.POSITIVE_INFINITY];
    }),
  );
  const end = Math.max(...doneAt.values());
  return {
    rehearsal,
    from,
    end,
    off: ((rehearsal.end.middle ?? Number.POSITIVE_INFINITY) - end) / (end - from),
    isInRange: (rehearsal.end.from ?? 0) <= end && end <= (rehearsal.end.to ?? Number.POSITIVE_INFINITY),
    agrees: (part) => {
      const by = from + part * (end - from);
      const same = rehearsal.mailboxes.filter((one) => isDoneBy(one, by) === doneAt.get(one.load.row.id)! <= by);
      return same.length / rehearsal.mailboxes.length;
    },
  };
}

function habitsText({ throttle, chance, connections }: Habits): string {
  const rounded = (values: readonly number[]) => values.map((value) => Math.round(value)).join(' ');
  return [
    throttle &&
      `throttle of ${throttle.counts} ${rounded(throttle.served)}, renewed ${rounded([throttle.renews.least, throttle.renews.most])} ms since ${throttle.renews.since}, ${throttle.names}`,
    chance && `${chance.refusals.length} by chance every ${Math.round(chance.every / 1000)} s`,
    JSON.stringify(connections),
  ]
    .filter((text) => text !== null)
    .join('; ');
}

/** The same in one line, for a reader. */
export function comparedText({ rehearsal, from, end, off, agrees }: Compared): string {
  const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`;
  const percent = (part: number) => `${(part * 100).toFixed(1)}%`;
  const { costs, habits, unsure } = rehearsal.pace;
  const at = (value: number | null) => (value === null ? 'never' : minutes(value - from));
  return [
    `promised ${at(rehearsal.end.middle)} (${at(rehearsal.end.from)} to ${at(rehearsal.end.to)}), real ${minutes(end - from)}: off ${percent(off)}`,
    `sets agree ${[0.3, 0.5, 0.7, 0.9].map((part) => percent(agrees(part))).join(' ')}`,
    `start ${costs.perStart.toFixed(0)} ms, message ${costs.perMessage.toFixed(1)} ms, MB ${(costs.perByte * 1e6).toFixed(0)} ms, unsure ${unsure.ofMailbox.toFixed(2)}, ${habitsText(habits)}`,
  ].join('; ');
}
