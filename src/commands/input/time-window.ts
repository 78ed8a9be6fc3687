import { BadInput } from '../../words/bad-input.js';
import { type DayWindow, readDayWindow } from '../../words/day-window.js';

/**
 * `--window 20:00-06:00`, or `--window "20:00-06:00 Europe/Berlin"`.
 *
 * @param here  IANA name of the zone of hours that name none
 * @throws BadInput
 */
export function parseWindow(text: string, here: string, option = '--window'): DayWindow {
  const window = readDayWindow(text, here);
  if (!window)
    throw new BadInput(
      `${option}: hours of the day are expected, like 20:00-06:00, and a zone where it is not the local one, like "20:00-06:00 Europe/Berlin"`,
    );
  if (window.from === window.to)
    throw new BadInput(`${option}: ${text.trim()} is no time at all; leave it out for always`);
  return window;
}
