import type { Tone } from '../text/theme.js';

export interface Toast {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tone: Extract<Tone, 'text' | 'good' | 'alert'>;
  readonly text: string;
  /** How often it came in a row. */
  readonly times: number;
}

/** The newest last. */
export type ToastList = readonly Toast[];

const KEPT = 200;
const SHOWN_MS = 4_000;
/** Messages that need the operator stay long enough to be read. */
const ALERT_SHOWN_MS = 10_000;

export function addToast(list: ToastList, toast: Omit<Toast, 'times'>): ToastList {
  const last = list.at(-1);
  if (last && last.text === toast.text && last.tone === toast.tone) {
    return [...list.slice(0, -1), { ...toast, times: last.times + 1 }];
  }
  return [...list, { ...toast, times: 1 }].slice(-KEPT);
}

/** The one that is seen now, or null. */
export function shownToast(list: ToastList, now: number): Toast | null {
  const last = list.at(-1);
  return last && now < shownUntil(last) ? last : null;
}

export function shownUntil(toast: Toast): number {
  return toast.at + (toast.tone === 'alert' ? ALERT_SHOWN_MS : SHOWN_MS);
}
