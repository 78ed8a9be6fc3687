import { seeded } from '../../bench/lab/seeded.js';
import { answer, drop, when } from '../../demo/server/index.js';
import type { BatchEntity } from '../../src/protocol/entities.js';
import { aNight, type Night, type NightOptions } from './night.js';
import { letter, letters, type Mail } from './odd-mail.js';
import { during, MINUTE } from './trouble.js';

/** Bytes a second of each connection to the destination. */
const THIN = 60_000;

/** Users of a night, and mail of very different amounts: one has a single message of 12 MB, one holds a tenth of all. */
function unevenMail(seed: number): (user: string) => Mail {
  return (user) => {
    const number = Number(user.replace(/\D/g, ''));
    const random = seeded(seed * 1000 + number);
    const much = number === 17 ? 300 : 10 + Math.floor(random() ** 2 * 160);
    const bytes = () => 2_000 + Math.floor(random() ** 4 * 120_000);
    const some = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) => letter(`${name}-${number}-${i}`, { bytes: bytes() }));
    return {
      INBOX: some('in', Math.ceil(much / 2)),
      Archive: [
        ...some('arch', Math.floor(much / 2)),
        ...(number === 9 ? [letter('large', { bytes: 12_000_000 })] : []),
      ],
      Sent: letters(5, `sent-${number}`),
    };
  };
}

/** 30 mailboxes over thin lines, eight at once, first starts some seconds apart. */
export function aSlowNight(more: Partial<NightOptions> & { readonly seed?: number } = {}): Promise<Night> {
  const { seed = 1, ...given } = more;
  return aNight({
    mailboxes: 30,
    mail: unevenMail(seed),
    seed,
    speed: { destination: THIN },
    ...given,
    options: { concurrency: 8, stagger: { min: 5, max: 10 }, look: 'ahead', ...given.options },
  });
}

const THROTTLED = 'BAD Request is throttled. Suggested Backoff Time: 15000 milliseconds';

/** Every minute the source asks the mailboxes at work to wait. */
export async function aThrottledNight(seed: number): Promise<Night> {
  const night = await aSlowNight({ seed });
  const rules = Array.from({ length: 12 }, (_, minute) =>
    during(night.clock, (minute + 0.4) * MINUTE, (minute + 0.5) * MINUTE, when('UID FETCH', answer(THROTTLED))),
  );
  night.source.goesWrong(...rules);
  return night;
}

/** Now and then the destination refuses a message and is busy for a while, and a connection drops. */
export async function aNightOfRests(seed: number): Promise<Night> {
  const night = await aSlowNight({ seed });
  let appends = 0;
  night.destination.goesWrong((event) => {
    if (event.at !== 'command' || event.command !== 'APPEND') return undefined;
    appends++;
    if (appends % 120 === 119) return answer('NO [UNAVAILABLE] Backend is busy');
    return appends % 90 === 89 ? drop() : undefined;
  });
  return night;
}

/** It may go on for three minutes of each day. */
export function aNightOfWindows(seed: number): Promise<Night> {
  return aSlowNight({ seed, options: { window: { from: 22 * 60, to: 22 * 60 + 3, zone: 'UTC' } } });
}

/** First starts are so far apart that the last one says when it ends. */
export function aStaggeredNight(seed: number): Promise<Night> {
  return aSlowNight({ seed, options: { stagger: { min: 15, max: 45 } } });
}

/** How an end that was told compares with the truth: parts of the whole time, and of what was left then. */
export interface Told {
  /** Part of the whole time that had passed. */
  readonly at: number;
  /** How far off the whole time was; negative: too early. */
  readonly ofWhole: number;
  readonly ofLeft: number;
  readonly isWithin: boolean;
}

/** All ends that were told, by the batch's own time. */
export function howItTold(batches: readonly BatchEntity[]): readonly Told[] {
  const [first, last] = [batches[0], batches.at(-1)];
  if (!first || !last) return [];
  const whole = last.now - first.startedAt;
  return batches.flatMap(({ now, eta, etaBetween }) => {
    if (eta === null || now >= last.now) return [];
    const off = eta - last.now;
    return [
      {
        at: (now - first.startedAt) / whole,
        ofWhole: off / whole,
        ofLeft: off / (last.now - now),
        isWithin: etaBetween !== null && etaBetween.from <= last.now && last.now <= etaBetween.to,
      },
    ];
  });
}

/** Forecasts that were off by a fifth of the whole or more, and whose range did not hold the truth either, from a fifth of the time on. */
export function misleading(told: readonly Told[]): readonly Told[] {
  return told.filter(({ at, ofWhole, isWithin }) => at >= 0.2 && Math.abs(ofWhole) >= 0.2 && !isWithin);
}

/** The same in one line, for a reader. */
export function toldText(told: readonly Told[]): string {
  const percent = (part: number) => `${(part * 100).toFixed(0)}%`;
  const at = (part: number) => told.find((one) => one.at >= part);
  const marks = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((mark) => {
    const one = at(mark);
    return `${percent(mark)}: ${one ? percent(one.ofWhole) : '-'}`;
  });
  const late = told.filter((one) => one.at >= 0.2);
  const worst = Math.max(...late.map(({ ofWhole }) => Math.abs(ofWhole)));
  const within = late.filter(({ isWithin }) => isWithin).length / Math.max(1, late.length);
  return `${marks.join('  ')}  worst after a fifth ${percent(worst)}, in the range ${percent(within)}`;
}
