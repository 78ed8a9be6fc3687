import { MONTHS } from './internal-date.js';

/** An instant, with the offset from UTC in which it was told. */
export interface Dated {
  /** Milliseconds since the epoch. */
  readonly instant: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/** `02-Jan-2020 10:00:00 +0100`, `Thu, 2 Jan 20 10:00 GMT`, `2-January-2020 10:00:00.5 +01:00` */
const BY_NAME =
  /^(?:[a-z]{2,9}\.?,? +)?(\d{1,2})[-/. ]+([a-z]{3,9})\.?[-/. ,]+(\d{2,4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?(?: *([^ ].*))?$/i;
/** `2020-01-02T10:00:00Z`, `2020-01-02 10:00:00 +0100` */
const BY_NUMBER = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?(?: *([^ ].*))?$/i;
/** `Thu Jan  2 10:00:00 2020`, `Thu Jan  2 10:00:00 CET 2020` */
const BY_C =
  /^[a-z]{3,9}\.?,? +([a-z]{3,9})\.? +(\d{1,2}),? +(\d{1,2}):(\d{2})(?::(\d{2}))?(?: +([^ \d][^ ]*))? +(\d{4})$/i;

/** Zones by name, in minutes (RFC 5322 section 4.3), and two that are common in Europe. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  wet: 0,
  west: 60,
  cet: 60,
  cest: 120,
  mez: 60,
  mesz: 120,
  eet: 120,
  eest: 180,
};

/** The first year in which mail may be dated. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

/**
 * Reads a date in whatever form servers and programs write: a year of two digits (RFC 5322 section 4.3), a zone by
 * name, with a colon, or missing (then UTC), with or without seconds, ISO 8601.
 *
 * @returns undefined where it means none, or none in which there was mail (31-Feb, day 00, the year 1)
 */
export function readDate(text: string): Dated | undefined {
  const plain = text
    .replace(/\([^()]*\)/g, ' ')
    .replace(/^["'\s]+|["'\s]+$/g, '')
    .replace(/\s/g, ' ');
  if (plain.length > 100) return undefined;
  const name = BY_NAME.exec(plain);
  if (name) return dated(name[3], monthOf(name[2]), name[1], name.slice(4, 7), name[7]);
  const number = BY_NUMBER.exec(plain);
  if (number) return dated(number[1], Number(number[2]) - 1, number[3], number.slice(4, 7), number[7]);
  const c = BY_C.exec(plain);
  return c ? dated(c[7], monthOf(c[1]), c[2], c.slice(3, 6), c[6]) : undefined;
}

function monthOf(name = ''): number {
  return MONTHS[name.slice(0, 3).toLowerCase()] ?? -1;
}

function dated(
  yearText = '',
  month: number,
  dayText = '',
  [hourText = '0', minuteText = '0', secondText = '0']: readonly (string | undefined)[],
  zone = '',
): Dated | undefined {
  const year = yearOf(yearText);
  const day = Number(dayText);
  const [hour, minute, second] = [Number(hourText), Number(minuteText), Number(secondText)];
  const offset = offsetOf(zone);
  if (offset === undefined || month < 0 || month > 11 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const midnight = new Date(Date.UTC(year, month, day));
  if (day < 1 || midnight.getUTCDate() !== day || midnight.getUTCMonth() !== month) return undefined;
  return { instant: Date.UTC(year, month, day, hour, minute, second) - offset * 60_000, offset };
}

/** The year (RFC 5322 section 4.3): two digits are 1950 to 2049, three are counted from 1900. */
function yearOf(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year + (year < 50 ? 2000 : 1900);
  return text.length === 3 ? year + 1900 : year;
}

/** The offset in minutes; undefined: it is impossible. An unknown zone, and none, is UTC. */
function offsetOf(zone: string): number | undefined {
  const numeric = /^(?:gmt|utc?)? *([+-]) *(\d{1,2})(?::?(\d{2}))?(?![\d:])/i.exec(zone);
  if (!numeric) return /^[+-]/.test(zone) ? undefined : (ZONES[/^[a-z]+/i.exec(zone)?.[0].toLowerCase() ?? ''] ?? 0);
  const [hours, minutes] = [Number(numeric[2]), Number(numeric[3] ?? '0')];
  if (hours > 14 || minutes > 59) return undefined;
  return (numeric[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
}
