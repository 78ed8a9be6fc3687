import { BadInput } from '../../words/bad-input.js';
import { type Day, readDay } from '../../words/days.js';

/**
 * `2024-01-31`, or `"2024-01-31 Europe/Berlin"`.
 *
 * @param of    the option or the cell, for the message
 * @param here  IANA name of the zone of a day that names none
 * @throws BadInput
 */
export function parseDay(text: string, of: string, here: string): Day {
  const day = readDay(text, here);
  if (!day)
    throw new BadInput(
      `${of}: a day is expected, like 2024-01-31, and a zone where it is not the local one, like "2024-01-31 Europe/Berlin"`,
    );
  return day;
}
