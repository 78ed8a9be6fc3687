import fc from 'fast-check';
import { expect } from 'vitest';
import { play } from './play.js';
import { schedules } from './schedule.js';
import type { LateCommits } from './world.js';

/**
 * How many nights are played: a few thousand with every `npm test`, 50,000 for each of the two files where
 * .ci/run says so. NIGHTFERRY_MODEL_SEED plays others than last time.
 */
const RUNS = Number(process.env.NIGHTFERRY_MODEL_RUNS ?? 3000);
const SEED = Number(process.env.NIGHTFERRY_MODEL_SEED ?? 1);

/** Time for 50,000 nights on a busy machine, milliseconds. */
export const PATIENCE = 900_000;

/** Plays nights of all kinds; a broken one fails with its schedule, shrunk, and its story. */
export async function everyNight(late: LateCommits): Promise<void> {
  const nights = await fc.check(
    fc.asyncProperty(schedules, (schedule) => play(schedule, late)),
    { numRuns: RUNS, seed: SEED },
  );
  expect(nights.failed, `${JSON.stringify(nights.counterexample?.[0])}\n${nights.errorInstance}`).toBe(false);
  expect(nights.numRuns).toBe(RUNS);
}
