import type { DayWindow } from '../words/day-window.js';
import type { Instant } from './protocol.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Whether it is open, and until when it is so; no window is always open. */
export function windowAt(window: DayWindow | null, now: Instant): { readonly open: boolean; readonly until: Instant } {
  if (window === null) return { open: true, until: Number.POSITIVE_INFINITY };
  const opens = nextAt(window.from, now);
  const closes = nextAt(window.to, now);
  // Whichever comes first says what is now.
  return closes < opens ? { open: true, until: closes } : { open: false, until: opens };
}

/** The next instant after `now` at this minute of a day. */
function nextAt(minute: number, now: Instant): Instant {
  const today = Math.floor(now / DAY) * DAY + minute * MINUTE;
  return today > now ? today : today + DAY;
}
