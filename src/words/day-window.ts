import { readZone, UTC } from './zone.js';

/** Hours of a day, in minutes of it, by the clocks of a zone; they may run over midnight. */
export interface DayWindow {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  /** IANA: `Europe/Berlin`, `UTC`. */
  readonly zone: string;
}

/**
 * Reads `20:00-06:00` and `20:00-06:00 Europe/Berlin`, also where both ends are one minute.
 *
 * @param here  the zone of hours that name none
 * @returns null for anything else
 */
export function readDayWindow(text: string, here: string = UTC): DayWindow | null {
  const [, fromHour, fromMinute, toHour, toMinute, named] =
    /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)(?:\s+(\S+))?\s*$/.exec(text) ?? [];
  if (fromHour === undefined) return null;
  const zone = named === undefined ? here : readZone(named);
  if (zone === null) return null;
  return { from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute), zone };
}

/** An hour of the day, in minutes of it, by the clocks of a zone. */
export interface DayHour {
  readonly minute: number;
  /** IANA: `Europe/Berlin`, `UTC`. */
  readonly zone: string;
}

/**
 * Reads `06:00` and `06:00 Europe/Berlin`.
 *
 * @param here  the zone of an hour that names none
 * @returns null for anything else
 */
export function readDayHour(text: string, here: string): DayHour | null {
  const [, hour, minute, named] = /^\s*([01]?\d|2[0-3]):([0-5]\d)(?:\s+(\S+))?\s*$/.exec(text) ?? [];
  const zone = named === undefined ? here : readZone(named);
  return hour === undefined || zone === null ? null : { minute: Number(hour) * 60 + Number(minute), zone };
}

/** `06:00`, and the zone where it is another one. @param here  the zone of an hour that names none */
export function showDayHour({ minute, zone }: DayHour, here: string): string {
  return zone === here ? showMinute(minute) : `${showMinute(minute)} ${zone}`;
}

/** `20:00-06:00 Europe/Berlin` */
export function showDayWindow({ from, to, zone }: DayWindow): string {
  return `${showMinute(from)}-${showMinute(to)} ${zone}`;
}

function showMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
