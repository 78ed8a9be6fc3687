import { BadInput } from '../../words/bad-input.js';
import { nextAtMinute, readZone } from '../../words/zone.js';

/**
 * The next time that a clock on the wall shows this hour: `06:00`, or `"06:00 Europe/Berlin"`.
 *
 * @param after  milliseconds since the epoch
 * @param here   IANA name of the zone of hours that name none
 * @throws BadInput
 */
export function nextHour(text: string, option: string, after: number, here: string): number {
  const [, hour, minute, named] = /^\s*([01]?\d|2[0-3]):([0-5]\d)(?:\s+(\S+))?\s*$/.exec(text) ?? [];
  const zone = named === undefined ? here : readZone(named);
  if (hour === undefined || zone === null)
    throw new BadInput(
      `${option}: an hour of the day is expected, like 06:00, and a zone where it is not the local one, like "06:00 Europe/Berlin"`,
    );
  return nextAtMinute(zone, Number(hour) * 60 + Number(minute), after);
}
