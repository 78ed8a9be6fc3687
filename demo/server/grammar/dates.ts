const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export type ParsedDate =
  | { readonly kind: 'date'; readonly at: number }
  /** It has the form of a date, but no calendar holds it: 31-Feb. `rolled` is where counting on would land. */
  | { readonly kind: 'impossible'; readonly rolled: number }
  | { readonly kind: 'malformed' };

const DATE_TIME = /^([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;

/** Reads a date-time (RFC 3501 section 9) without its quotes, as milliseconds since the epoch. */
export function parseDateTime(text: string): ParsedDate {
  const found = DATE_TIME.exec(text);
  const month = monthOf(found?.[2]);
  if (!found || month < 0) return { kind: 'malformed' };
  const [day, year, hour, minute, second] = [found[1], found[3], found[4], found[5], found[6]].map(Number);
  const zone = (Number(found[8]) * 60 + Number(found[9])) * (found[7] === '-' ? -1 : 1);
  const local = Date.UTC(year!, month, day, hour, minute, second);
  const at = local - zone * 60_000;
  const same = new Date(local);
  const fits = same.getUTCDate() === day && same.getUTCHours() === hour && minute! < 60 && second! < 61 && day! > 0;
  return fits && year! >= 1970 ? { kind: 'date', at } : { kind: 'impossible', rolled: at };
}

/** Writes an INTERNALDATE, in UTC: a server shows its own zone, not the client's. */
export function formatDateTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${String(date.getUTCFullYear()).padStart(4, '0')}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}

/** Reads a search date, `1-Feb-2024`: the start of that day in UTC, or null. */
export function parseDay(text: string): number | null {
  const found = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text);
  const month = monthOf(found?.[2]);
  return found && month >= 0 ? Date.UTC(Number(found[3]), month, Number(found[1])) : null;
}

function monthOf(name: string | undefined): number {
  const lower = name?.toLowerCase();
  return MONTHS.findIndex((month) => month.toLowerCase() === lower);
}
