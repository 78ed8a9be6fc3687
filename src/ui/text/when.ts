import { showClock, showMinute } from './format.js';

const DAY_MS = 24 * 3_600_000;

/** A moment of the last 24 hours as `23:41`; an older one by its day, `15 Jan`. At most 6 characters. */
export function showPast(at: number, now: number): string {
  if (now - at < DAY_MS) return showClock(at).slice(0, 5);
  return showMinute(at, now).replace(/ \d\d:\d\d$/, '');
}
