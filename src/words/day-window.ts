/** Hours of a day, in minutes of it, UTC; they may run over midnight. */
export interface DayWindow {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** Reads `20:00-06:00`, also where both ends are one minute. @returns null for anything else */
export function readDayWindow(text: string): DayWindow | null {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)\s*$/.exec(text) ?? [];
  if (fromHour === undefined) return null;
  return { from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute) };
}

/** `20:00-06:00` */
export function showDayWindow({ from, to }: DayWindow): string {
  return `${showMinute(from)}-${showMinute(to)}`;
}

function showMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
