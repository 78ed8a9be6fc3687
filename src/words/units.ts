/**
 * Sizes, counts, rates and shares for a reader. Everything that Nightferry shows is written by these functions and by
 * `times.ts`; JSON and CSV carry raw numbers.
 */

/** Stands for a value that is not known yet. */
export const UNKNOWN = '-';

/** Sizes count in powers of 1024, as `--max-size 35M`, quotas (RFC 9208) and the limits of servers do. */
const KILO = 1024;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `512 B`, `2.9 MB`, `118 GB`: powers of 1024. At most 7 characters. */
export function showBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  // 1023.95 would be shown as 1024.0.
  while (value >= (unit === 0 ? KILO : KILO - 0.5) && unit < UNITS.length - 1) {
    value /= KILO;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** Bytes a second: `2.9 MB/s`. */
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

/** With three significant digits. */
function significant(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

/** `1 message`, `3 messages`, `12,345 messages`. @param many  where an s does not do */
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
