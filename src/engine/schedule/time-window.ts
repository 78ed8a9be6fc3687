import type { Instant } from '../../protocol/entities.js';
import type { DayWindow } from '../../words/day-window.js';
import { nextAtMinute } from '../../words/zone.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Whether the window is open, and until when that stays so. Without a window it is always open. */
export function windowAt(window: DayWindow | null, now: Instant): { readonly open: boolean; readonly until: Instant } {
  if (window === null) return { open: true, until: Number.POSITIVE_INFINITY };
  const opens = nextAtMinute(window.zone, window.from, now);
  const closes = nextAtMinute(window.zone, window.to, now);
  // The nearer of the two ends says whether the window is open now.
  return closes < opens ? { open: true, until: closes } : { open: false, until: opens };
}

/**
 * The moment at which so many milliseconds of open time have passed; over a night in which clocks change, to the hour.
 */
export function openTimeAfter(window: DayWindow | null, now: Instant, ms: number): Instant {
  const day = window === null ? 0 : ((window.to - window.from) * MINUTE + DAY) % DAY;
  if (day === 0) return now + ms;
  const days = Math.max(0, Math.ceil(ms / day) - 1);
  let [at, left] = [now + days * DAY, ms - days * day];
  for (;;) {
    const { open, until } = windowAt(window, at);
    if (open && at + left <= until) return at + left;
    if (open) left -= until - at;
    at = until;
  }
}

/** Milliseconds of open time between two moments; over a night in which clocks change, to the hour. */
export function openTimeBetween(window: DayWindow | null, from: Instant, to: Instant): number {
  const length = window === null ? 0 : ((window.to - window.from) * MINUTE + DAY) % DAY;
  if (length === 0) return Math.max(0, to - from);
  const days = Math.max(0, Math.floor((to - from) / DAY));
  let [at, open] = [from + days * DAY, days * length];
  while (at < to) {
    const now = windowAt(window, at);
    const until = Math.min(to, now.until);
    if (now.open) open += until - at;
    at = until;
  }
  return open;
}
