const KIB = 1024;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Shown where nothing can be said yet. */
export const UNKNOWN = '-';

/** Bytes for a reader, powers of 1024: `512 B`, `2.9 MB`, `118 GB`. At most 7 characters. */
export function showBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  // 1023.95 would be shown as 1024.0.
  while (value >= (unit === 0 ? KIB : KIB - 0.5) && unit < UNITS.length - 1) {
    value /= KIB;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** `2.9 MB/s`. */
export function showByteRate(bytesPerSecond: number): string {
  const shown = showBytes(bytesPerSecond);
  return shown === UNKNOWN ? UNKNOWN : `${shown}/s`;
}

/** Messages a second: `412/s`, `3.1/s` under ten, `0/s`. */
export function showRate(perSecond: number): string {
  if (!Number.isFinite(perSecond) || perSecond < 0) return UNKNOWN;
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.05) return '<0.1/s';
  return perSecond < 9.95 ? `${perSecond.toFixed(1)}/s` : `${showCount(perSecond)}/s`;
}

/** `1,234,567`, whatever the locale. */
export function showCount(n: number): string {
  if (!Number.isFinite(n)) return UNKNOWN;
  return String(Math.round(n)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A count where room is short: `41,882` up to 99,999, then `412 k`, `1.21 M`. At most 6 characters. */
export function showShortCount(n: number): string {
  if (!Number.isFinite(n)) return UNKNOWN;
  if (n < 99_999.5) return showCount(n);
  if (n < 999_500) return `${Math.round(n / 1000)} k`;
  if (n < 999.5e6) return `${significant(n / 1e6)} M`;
  return `${significant(n / 1e9)} G`;
}

/** Three digits that mean something. */
function significant(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

/** `1 message`, `2 messages`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${showCount(n)} ${n === 1 ? one : many}`;
}

/**
 * Rounded down, so that 100% is said only of what is whole; something is never shown as nothing.
 *
 * @param part 0 <= part <= whole
 */
export function showPercent(part: number, whole: number): string {
  if (whole <= 0) return UNKNOWN;
  const percent = Math.min(100, Math.floor((part * 100) / whole));
  return percent === 0 && part > 0 ? '<1%' : `${percent}%`;
}

/** The rest of a wait, rounded up: `0:38`, `3:41`, `1:04:09`, `2 d 03:00`. */
export function showDuration(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long something takes, to a reader: `under 1 minute`, `6 minutes`, `2 hours 10 minutes`, `3 days`. */
export function showAbout(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'under 1 minute';
  if (minutes < 60) return plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return plural(Math.round(hours / 24), 'day');
  return minutes % 60 === 0 ? plural(hours, 'hour') : `${plural(hours, 'hour')} ${plural(minutes % 60, 'minute')}`;
}

/** UTC, as servers log: `02:14:07`. @param at milliseconds since the epoch */
export function showClock(at: number): string {
  return isTime(at) ? new Date(at).toISOString().slice(11, 19) : UNKNOWN;
}

/** UTC to the minute: `04:12`; with the date when it is not the same day: `17 Jan 04:12`. */
export function showMinute(at: number, now: number = at): string {
  if (!isTime(at)) return UNKNOWN;
  const iso = new Date(at).toISOString();
  const sameDay = Math.floor(at / 86_400_000) === Math.floor(now / 86_400_000);
  // The small hours of a night need no date: a day is named from the second midnight on.
  if (sameDay || (at > now && at - now < 24 * 3_600_000)) return iso.slice(11, 16);
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(11, 16)}`;
}

/** `until 04:12`. */
export function showUntil(at: number, now: number): string {
  return isTime(at) ? `until ${showMinute(at, now)}` : UNKNOWN;
}

/** How long ago: `now`, `40 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function showAgo(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  if (!Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${plural(Math.floor(seconds / 86_400), 'day')} ago`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** A Date holds no more than 8.64e15 ms and throws beyond. */
function isTime(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15;
}
