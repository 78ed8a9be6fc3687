import { describe, it } from 'vitest';
import { LABEL_POLICIES } from '../../../src/store/batch/batch.js';
import { playAccount } from './play.js';

const SEEDS = Array.from({ length: Number(process.env.NIGHTFERRY_LABEL_NIGHTS ?? 8) }, (_, at) => at + 1);

describe.each(LABEL_POLICIES)('a Gmail account whose user is at work in it, by %s', (policy) => {
  it.each(SEEDS)('has each body fetched once, and nothing lost or doubled (%i)', (seed) =>
    playAccount(seed, policy, 'labels'),
  );

  it.each(SEEDS)('loses and doubles nothing through kills, cuts and new numbers at any point (%i)', (seed) =>
    playAccount(seed, policy, 'everything'),
  );
});
