/**
 * Time zones by their IANA names, `Europe/Berlin`: how far each is from UTC at a moment, and when its clocks reach an
 * hour. Node brings the rules (RFC 6557); nothing here asks in which zone the process runs.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const UTC = 'UTC';

/** The name as the zone's own spelling has it: `europe/berlin` is `Europe/Berlin`. @returns null: there is no such zone */
export function readZone(text: string): string | null {
  const name = text.trim();
  // Node would also take an offset, `+01:00`, which knows no summer.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return null;
  if (/^(utc|gmt|z)$/i.test(name)) return UTC;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Offsets are asked for once in each quarter of an hour: no zone has changed its own within one since 1972. */
const QUARTER = 15 * MINUTE;
const KEPT_OFFSETS = 10_000;
const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that clocks of the zone are ahead of UTC at this moment. */
export function offsetAt(zone: string, at: number): number {
  if (zone === UTC || !isMoment(at)) return 0;
  const quarter = Math.floor(at / QUARTER);
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const kept = known.get(quarter);
  if (kept !== undefined) return kept;
  if (known.size >= KEPT_OFFSETS) known.clear();
  const offset = askOffset(zone, quarter * QUARTER);
  known.set(quarter, offset);
  return offset;
}

/** A Date holds no more than 8.64e15 ms, and Intl throws beyond. */
function isMoment(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) < 8.6e15;
}

function askOffset(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - of('year') : of('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, of('month') - 1, of('day'));
  wall.setUTCHours(of('hour'), of('minute'), of('second'));
  return wall.getTime() - Math.floor(at / 1_000) * 1_000;
}

/** Regions whose English has names for their own zones: an American knows EST, a European CET. */
const ENGLISH = ['en-GB', 'en-US', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];
const names = new Map<string, string>();

/** The zone as its people write it at this moment: `CET`, `CEST`, `EST`, `UTC`; where it has no letters, `UTC+9`. */
export function zoneName(zone: string, at: number): string {
  if (zone === UTC || !isMoment(at)) return UTC;
  const offset = offsetAt(zone, at);
  const key = `${zone} ${offset}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = ENGLISH.map((english) => shortName(english, zone, at)).find((one) => /^[A-Z]{2,5}$/.test(one));
  const found = name ?? `UTC${showOffset(offset)}`;
  names.set(key, found);
  return found;
}

function shortName(english: string, zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(english, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `+9`, `+5:30`, `-3`; nothing for none. */
function showOffset(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  if (minutes === 0) return '';
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `${offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

/**
 * The first moment after `now` at which a clock on the wall comes to this minute of a day. In the night in which
 * clocks go back it comes to some minutes twice: the first counts. In the night in which they go forward it leaves
 * minutes out: it comes to those when it jumps.
 */
export function nextAtMinute(zone: string, minute: number, now: number): number {
  const today = Math.floor((now + offsetAt(zone, now)) / DAY);
  // Yesterday too: a clock that was set back over midnight is in yesterday again.
  const moments = [-1, 0, 1, 2].map((days) => momentOf(zone, (today + days) * DAY + minute * MINUTE));
  return moments.find((at) => at > now) ?? now + DAY;
}

/** The first moment at which clocks of the zone show this, in milliseconds as if it were UTC, or have jumped over it. */
export function momentOf(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  if (early + offsetAt(zone, early) === wall) return early;
  if (late + offsetAt(zone, late) === wall) return late;
  let [from, to] = [early, late];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (middle + offsetAt(zone, middle) >= wall) to = middle;
    else from = middle;
  }
  return to;
}
