import type { Random } from '../../src/words/clock.js';

export { seeded } from '../../src/words/seeded.js';

/** A whole number, 0 <= n < below. */
export function pick(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Log-normal with the given mean, as sizes of mail are. */
export function logNormal(random: Random, mean: number, sigma: number): number {
  const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(Math.exp(Math.log(mean) - (sigma * sigma) / 2 + sigma * gauss));
}
