const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Zones of the corpus: as written, and minutes east. */
export const ZONES = [
  ['+0000', 0],
  ['-0500', -300],
  ['+0530', 330],
  ['+0200', 120],
  ['-0800', -480],
] as const;
export type Zone = (typeof ZONES)[number];

/** A date-time as APPEND takes it (RFC 9051 section 9). */
export function imapDate(instant: number, zone: Zone): string {
  const at = local(instant, zone);
  return `${String(at.day).padStart(2, ' ')}-${at.month}-${at.year} ${at.time} ${zone[0]}`;
}

/** A date as a Date header holds it (RFC 5322 section 3.3). */
export function headerDate(instant: number, zone: Zone): string {
  const at = local(instant, zone);
  return `${at.weekday}, ${at.day} ${at.month} ${at.year} ${at.time} ${zone[0]}`;
}

/** Milliseconds since the epoch of an INTERNALDATE; NaN for anything else. */
export function readImapDate(text: string): number {
  const found = /^ ?(\d+)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (found === null) return Number.NaN;
  const [day, year, hours, minutes, seconds] = [found[1], found[3], found[4], found[5], found[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const east = (found[7] === '-' ? -1 : 1) * (Number(found[8]) * 60 + Number(found[9]));
  return Date.UTC(year, MONTHS.indexOf(found[2] ?? ''), day, hours, minutes, seconds) - east * 60_000;
}

function local(instant: number, zone: Zone) {
  const date = new Date(instant + zone[1] * 60_000);
  return {
    weekday: DAYS[date.getUTCDay()],
    day: date.getUTCDate(),
    month: MONTHS[date.getUTCMonth()],
    year: date.getUTCFullYear(),
    time: date.toISOString().slice(11, 19),
  };
}
