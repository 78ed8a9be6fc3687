import { plural, UNKNOWN } from './units.js';
import { offsetAt, UTC, zoneName } from './zone.js';

/**
 * Durations and moments for a reader. A duration is written in one way, `1 h 30 min`; a timer is the same as a clock
 * that runs. Moments are milliseconds since the epoch. A console and a command show them by the clock of the operator,
 * the engine by UTC, as servers log them. JSON and CSV carry ISO 8601 in UTC or raw numbers.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Nothing is asked of the process: until a command says where its operator is, times are UTC. It is a variable
 * of this module because all texts of a process have one zone: 75 callers would only pass it on.
 */
let zone = UTC;

/**
 * From now on moments are shown by the clocks of this zone: said once, by the command, before it shows any.
 *
 * @param name  IANA: `Europe/Berlin`
 */
export function showTimesIn(name: string): void {
  zone = name;
}

/** IANA name of the zone in which moments are shown. */
export function zoneOfTimes(): string {
  return zone;
}

/** The zone in which a moment is shown, as people write it then: `CET`, `CEST`, `UTC`. */
export function showZone(at: number): string {
  return zoneName(zone, at);
}

/** `90 s` is `1 min 30 s`, `2 h`, `1 d 2 h 3 min`: to the second, and under ten seconds to the tenth. */
export function showDuration(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const tenths = Math.round(Math.max(0, ms) / 100);
  if (tenths < 100 && tenths % 10 !== 0) return `${(tenths / 10).toFixed(1)} s`;
  const whole = Math.round(Math.max(0, ms) / SECOND) * SECOND;
  const parts = inUnits(whole, SECOND);
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** A duration that is estimated, to the minute: `under 1 min`, `6 min`, `2 h 10 min`; from two days on `3 d`. */
export function showAbout(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const whole = Math.round(ms / MINUTE) * MINUTE;
  if (whole < MINUTE) return 'under 1 min';
  return whole >= 2 * DAY ? `${Math.round(whole / DAY)} d` : inUnits(whole, MINUTE, HOUR).join(' ');
}

const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const;

function inUnits(ms: number, smallest: number, largest: number = DAY): readonly string[] {
  let left = ms;
  return UNITS.filter(([size]) => size >= smallest && size <= largest).flatMap(([size, unit]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
}

/** A wait that is counted down, rounded up to the second: `0:38`, `3:41`, `1:04:09`, `2 d 03:00`. */
export function showTimer(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long ago: `now`, `40 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function showAgo(at: number, now: number): string {
  const ms = now - at;
  if (!Number.isFinite(ms)) return UNKNOWN;
  if (ms < 5 * SECOND) return 'now';
  if (ms >= DAY) return `${plural(Math.floor(ms / DAY), 'day')} ago`;
  const [size, unit] = UNITS.find(([one]) => ms >= one) ?? [SECOND, 's'];
  return `${Math.floor(ms / size)} ${unit} ago`;
}

/** A line of a log: `2026-03-01T23:12:05Z`, `2026-03-02T00:12:05+01:00`. */
export function showTime(at: number): string {
  if (!isTime(at)) return UNKNOWN;
  const minutes = Math.round(offsetAt(zone, at) / MINUTE);
  const ahead = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
  return `${wallAt(at).slice(0, 19)}${zone === UTC ? 'Z' : offset}`;
}

/** By the clock on the operator's wall, as ISO 8601 without a zone. */
function wallAt(at: number): string {
  return new Date(at + offsetAt(zone, at)).toISOString();
}

/** In a sentence, where the reader may be a stranger: `2026-03-01 23:12:05 UTC`, or `unknown`: always UTC. */
export function showDateTime(at: number): string {
  return isTime(at) ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'unknown';
}

/** `02:14:07`. */
export function showClock(at: number): string {
  return isTime(at) ? wallAt(at).slice(11, 19) : UNKNOWN;
}

/** To the minute: `04:12`; with the date when it is not the same day: `17 Jan 04:12`. */
export function showMinute(at: number, now: number = at): string {
  if (!isTime(at)) return UNKNOWN;
  const iso = wallAt(at);
  const sameDay = !isTime(now) || iso.slice(0, 10) === wallAt(now).slice(0, 10);
  // The small hours of a night need no date: a day is named from the second midnight on.
  if (sameDay || (at > now && at - now < DAY)) return iso.slice(11, 16);
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(11, 16)}`;
}

/** A moment of the last 24 hours as `23:41`; an older one by its day, `15 Jan`. At most 6 characters. */
export function showPast(at: number, now: number): string {
  return now - at < DAY ? showClock(at).slice(0, 5) : showMinute(at, now).slice(0, -' 23:41'.length);
}

/** `until 04:12`. */
export function showUntil(at: number, now: number): string {
  return isTime(at) ? `until ${showMinute(at, now)}` : UNKNOWN;
}

/** In the name of a file: `20260301-231205`. */
export function fileStamp(at: number): string {
  return showTime(at).slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** A Date holds no more than 8.64e15 ms and throws beyond; a zone may be a day ahead. */
function isTime(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) <= 8.6e15;
}
