import type { TimeWindow } from '../engine/time-window.js';
import { BadInput } from '../words/bad-input.js';

/** `--window 20:00-06:00`: hours of the day, UTC. @throws BadInput */
export function parseWindow(text: string): TimeWindow {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)\s*$/.exec(text) ?? [];
  if (fromHour === undefined) throw new BadInput('--window: hours of the day are expected, in UTC, like 20:00-06:00');
  const window = { from: minuteOf(fromHour, fromMinute), to: minuteOf(toHour, toMinute) };
  if (window.from === window.to)
    throw new BadInput(`--window: ${text.trim()} is no time at all; leave it out for always`);
  return window;
}

function minuteOf(hour = '', minute = ''): number {
  return Number(hour) * 60 + Number(minute);
}
