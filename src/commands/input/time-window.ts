import { BadInput } from '../../words/bad-input.js';
import { type DayWindow, readDayWindow } from '../../words/day-window.js';

/** `--window 20:00-06:00`: hours of the day, UTC. @throws BadInput */
export function parseWindow(text: string): DayWindow {
  const window = readDayWindow(text);
  if (!window) throw new BadInput('--window: hours of the day are expected, in UTC, like 20:00-06:00');
  if (window.from === window.to)
    throw new BadInput(`--window: ${text.trim()} is no time at all; leave it out for always`);
  return window;
}
