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

/** `20:00-06:00 Europe/Berlin` */
export function showDayWindow({ from, to, zone }: DayWindow): string {
  return `${showMinute(from)}-${showMinute(to)} ${zone}`;
}

function showMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
