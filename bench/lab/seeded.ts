import type { Random } from '../../src/words/clock.js';

/** A repeatable source of randomness (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number, 0 <= n < below. */
export function pick(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Log-normal with the given mean, as sizes of mail are. */
export function logNormal(random: Random, mean: number, sigma: number): number {
  const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(Math.exp(Math.log(mean) - (sigma * sigma) / 2 + sigma * gauss));
}
