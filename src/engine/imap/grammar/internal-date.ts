export const MONTHS: Readonly<Record<string, number>> = {
  jan: 0,
  feb: 1,
  mar: 2,
  apr: 3,
  may: 4,
  jun: 5,
  jul: 6,
  aug: 7,
  sep: 8,
  oct: 9,
  nov: 10,
  dec: 11,
};
const DATE_TIME = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;

/**
 * The instant that a date-time names (RFC 9051 section 9, `date-time`).
 *
 * @returns milliseconds since the epoch, or undefined where it names none (31-Feb, a bad zone)
 */
export function instantOf(internalDate: string): number | undefined {
  const m = DATE_TIME.exec(internalDate);
  const month = m ? MONTHS[m[2]!.toLowerCase()] : undefined;
  if (!m || month === undefined) return undefined;
  const [day, year, hour, minute, second] = [Number(m[1]), Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6])];
  const [zoneHour, zoneMinute] = [Number(m[8]), Number(m[9])];
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const local = Date.UTC(year, month, day, hour, minute, second);
  if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return undefined;
  return local - (m[7] === '-' ? -1 : 1) * (zoneHour * 60 + zoneMinute) * 60_000;
}

const NAMES = Object.keys(MONTHS).map((name) => `${name[0]!.toUpperCase()}${name.slice(1)}`);

/**
 * A date-time for APPEND.
 *
 * @param instant  milliseconds since the epoch
 * @param offset   minutes east of UTC
 */
export function writeDateTime(instant: number, offset: number): string {
  const local = new Date(instant + offset * 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
  const day = `${two(local.getUTCDate())}-${NAMES[local.getUTCMonth()]}-${String(local.getUTCFullYear()).padStart(4, '0')}`;
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return `${day} ${time} ${zone}`;
}

/** Whether APPEND may carry the date as it is. A BAD in mid-command makes servers read literals as commands. */
export function isAppendDate(internalDate: string): boolean {
  return instantOf(internalDate) !== undefined;
}

/** The date as APPEND wants it: the day of `1-Feb-2020 …` in two places (RFC 9051, `date-day-fixed`). */
export function appendDate(internalDate: string): string {
  return /^\d-/.test(internalDate) ? ` ${internalDate}` : internalDate;
}
