import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from '../src/engine/rehearsal/load.js';
import type { Night } from '../src/engine/rehearsal/night.js';
import { ASSUMED, type Pace } from '../src/engine/rehearsal/pace.js';
import { rehearse } from '../src/engine/rehearsal/rehearse.js';
import { Slices } from '../src/engine/rehearsal/slices.js';
import { systemClock } from '../src/words/clock.js';
import { seeded } from '../src/words/seeded.js';
import { showCount } from '../src/words/units.js';
import { nightBatch } from '../test/support/night-batch.js';
import type { Figure } from './console/figure.js';

/** A rehearsal beside a copy must not hold it up for longer, in milliseconds. */
const LONGEST = 100;
const NIGHTS: readonly { readonly mailboxes: number; readonly draws: number; readonly within: number }[] = [
  { mailboxes: 500, draws: 12, within: 30_000 },
  { mailboxes: 5_000, draws: 12, within: 300_000 },
];
/** As an engine plays: so long at a time, and so long for the copy. */
const [PLAYS, PAUSES] = [20, 40];
const BEGINS = Date.UTC(2026, 0, 15, 20, 0, 0);

/** A source that throttles: more is decided in such a night than in any other. */
const PACE: Pace = {
  ...ASSUMED,
  habits: {
    throttle: {
      refusal: { side: 'source', kind: 'throttled', scope: 'mailbox', rule: 'throttled', during: 'work' },
      counts: 'messages',
      served: [2_000],
      renews: { since: 'first served', least: 300_000, most: 300_000, likely: 300_000 },
      names: 'the wait',
    },
    orElse: [],
    chance: null,
    connections: { source: 30 },
  },
};

function aNight(mailboxes: number): Night {
  const random = seeded(7);
  const users = Array.from({ length: mailboxes }, (_, at) => `user${at + 1}`);
  const batch = nightBatch({ users, options: { concurrency: 20, stagger: { min: 10, max: 15 } }, now: BEGINS });
  const loads = batch.mailboxes.map((row): Load => {
    const messages = Math.round(500 + random() ** 3 * 20_000);
    return { row, starts: 'first', notBefore: 0, messages, bytes: messages * 50_000, newest: null, known: 'counted' };
  });
  return { batch, from: BEGINS, loads, spent: new Map() };
}

for (const { mailboxes, draws, within } of NIGHTS) {
  const night = aNight(mailboxes);
  // Processor time: on a machine that does other things too, a slice may take longer by the clock.
  let [longest, since] = [0, process.cpuUsage()];
  const sliceEnds = () => {
    longest = Math.max(longest, process.cpuUsage(since).user / 1000);
  };
  const slices = new Slices(systemClock, PLAYS, async () => {
    sliceEnds();
    await sleep(PAUSES);
    since = process.cpuUsage();
  });
  const began = performance.now();
  await rehearse(night, PACE, { by: null, draws, seed: 1, slices });
  const took = performance.now() - began;
  sliceEnds();
  const of = `rehearsal of ${showCount(mailboxes)} mailboxes`;
  const figures: readonly Figure[] = [
    { what: `${of}: longest that it holds up all else`, value: longest, under: LONGEST, unit: 'ms' },
    { what: `${of}: nights played`, value: took, under: within, unit: 'ms' },
  ];
  for (const { what, value, under, unit } of figures) {
    console.log(`${what}: ${value.toFixed(0)} ${unit} (under ${under})`);
    if (value >= under) process.exitCode = 1;
  }
}
