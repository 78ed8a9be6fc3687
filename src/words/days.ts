import { momentOf, readZone } from './zone.js';

/** A day by the clocks of a zone. */
export interface Day {
  /** `2024-01-31` */
  readonly day: string;
  /** IANA: `Europe/Berlin`, `UTC`. */
  readonly zone: string;
}

/** Days that messages are of: from the first moment of one to the last of another; null: without that end. */
export interface DayRange {
  readonly since: Day | null;
  readonly until: Day | null;
}

/** Each day there is. */
export const ALL_DAYS: DayRange = { since: null, until: null };

const DAY = 86_400_000;

/**
 * Reads `2024-01-31` and `2024-01-31 Europe/Berlin`.
 *
 * @param here  the zone of a day that names none
 * @returns null for anything else, and for a day that no calendar has
 */
export function readDay(text: string, here: string): Day | null {
  const [, day, named] = /^\s*(\d{4}-\d{2}-\d{2})(?:\s+(\S+))?\s*$/.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return null;
  const zone = named === undefined ? here : readZone(named);
  return zone === null ? null : { day, zone };
}

/** `2024-02-29` is one, `2023-02-29` is none. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** `2024-01-31 Europe/Berlin` */
export function showDay({ day, zone }: Day): string {
  return `${day} ${zone}`;
}

/** `since 2024-01-31 UTC, until 2024-12-31 UTC`; '' for all days. */
export function showDayRange({ since, until }: DayRange): string {
  return [since && `since ${showDay(since)}`, until && `until ${showDay(until)}`]
    .filter((one) => one !== null)
    .join(', ');
}

/** Its first moment, in milliseconds since the epoch; in a night that has no midnight, when the clocks jump over it. */
export function startOfDay({ day, zone }: Day): number {
  return momentOf(zone, midnight(day));
}

/** The first moment of the day after it. */
export function endOfDay({ day, zone }: Day): number {
  return momentOf(zone, midnight(day) + DAY);
}

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

/**
 * Says of a moment whether it lies outside of these days. A moment that nobody knows lies in them: nothing is left out
 * for a date that a server does not tell.
 */
export function outsideOf({ since, until }: DayRange): (at: number | undefined) => boolean {
  const [from, before] = [since && startOfDay(since), until && endOfDay(until)];
  return (at) => at !== undefined && ((from !== null && at < from) || (before !== null && at >= before));
}
