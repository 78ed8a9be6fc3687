import { BadInput } from '../../words/bad-input.js';
import { readDayHour } from '../../words/day-window.js';
import { nextAtMinute } from '../../words/zone.js';

/**
 * The next time that a clock on the wall shows this hour: `06:00`, or `"06:00 Europe/Berlin"`.
 *
 * @param after  milliseconds since the epoch
 * @param here   IANA name of the zone of hours that name none
 * @throws BadInput
 */
export function nextHour(text: string, option: string, after: number, here: string): number {
  const hour = readDayHour(text, here);
  if (hour === null)
    throw new BadInput(
      `${option}: an hour of the day is expected, like 06:00, and a zone where it is not the local one, like "06:00 Europe/Berlin"`,
    );
  return nextAtMinute(hour.zone, hour.minute, after);
}
