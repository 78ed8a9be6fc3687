import type { EngineCommand } from '../../../protocol/commands.js';
import { readDayWindow } from '../../../words/day-window.js';
import { zoneOfTimes } from '../../../words/times.js';

/** The typed text, read: a command, or the reason why it is wrong. */
export type Typed = { readonly command: EngineCommand } | { readonly wrong: string };

/** `60-90`, `60` or `0`: seconds between first starts. */
export function readStagger(text: string): Typed {
  const [, least, most] = /^\s*(\d{1,6})\s*(?:(?:-|to|\.\.)\s*(\d{1,6}))?\s*s?\s*$/i.exec(text) ?? [];
  if (least === undefined) return { wrong: 'seconds are expected: 60-90, or 0 for none' };
  const [min, max] = [Number(least), Number(most ?? least)];
  if (min > max) return { wrong: 'the first number is the least' };
  return { command: { do: 'stagger', min, max } };
}

/** `20:00-06:00`, with a zone or in the one that times are shown in; nothing for always. */
export function readWindow(text: string): Typed {
  if (text.trim() === '' || text.trim() === 'always') return { command: { do: 'window', window: null } };
  const window = readDayWindow(text.replace(/(\d)\s*to\s*(\d)/i, '$1-$2'), zoneOfTimes());
  if (!window) return { wrong: 'hours of the day are expected: 20:00-06:00, 20:00-06:00 Europe/Berlin, or always' };
  if (window.from === window.to) return { wrong: 'that is no time at all' };
  return { command: { do: 'window', window } };
}

/** 1 to 100 mailboxes at once. */
export function readConcurrency(text: string): Typed {
  const most = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!(most >= 1 && most <= 100)) return { wrong: 'a number from 1 to 100 is expected' };
  return { command: { do: 'concurrency', most } };
}
