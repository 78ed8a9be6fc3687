import { BadInput } from '../../words/bad-input.js';

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/**
 * A time as operators write it: `90s`, `10m`, `2h`, `1d`, `1h30m`. `0` and `now` are no time at all.
 *
 * @returns whole seconds
 * @throws BadInput  naming the option
 */
export function parseDuration(text: string, option: string): number {
  const given = text.trim().toLowerCase();
  if (given === '0' || given === 'now') return 0;
  if (!/^(?:\d{1,6}[smhd])+$/.test(given)) throw new BadInput(`${option}: a time is expected, like 90s, 10m, 2h or 1d`);
  const parts = [...given.matchAll(/(\d+)([smhd])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
}
