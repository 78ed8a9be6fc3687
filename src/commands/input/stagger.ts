import { BadInput } from '../../words/bad-input.js';

/** Longest gap that makes sense: a day. */
const LONGEST = 86_400;

/**
 * `--stagger`: seconds between the starts of two mailboxes, a range (`60-90`) or one number (`75`, `0`).
 *
 * @returns seconds
 */
export function parseStagger(text: string, option = '--stagger'): { min: number; max: number } {
  const [, low, high] =
    /^\s*([0-9]{1,6}(?:\.[0-9]{1,3})?)(?:\s*-\s*([0-9]{1,6}(?:\.[0-9]{1,3})?))?\s*s?\s*$/.exec(text) ?? [];
  if (low === undefined) throw new BadInput(`${option}: seconds are expected, like 60-90, 75 or 0`);
  const min = Number(low);
  const max = Number(high ?? low);
  if (max < min) throw new BadInput(`${option}: the range ${min}-${max} runs backwards`);
  if (max > LONGEST) throw new BadInput(`${option}: at most ${LONGEST} seconds (a day)`);
  return { min, max };
}
