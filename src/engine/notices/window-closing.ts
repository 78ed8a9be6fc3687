import type { Told } from '../../store/batch/notices.js';
import { windowAt } from '../schedule/time-window.js';
import type { Decided } from './needs.js';
import type { Standing } from './standing.js';

/** Milliseconds before the hours of a batch end in which an operator can still do something about it. */
const BEFORE = 30 * 60_000;

/** Tells that the hours of the batch end soon and mailboxes are left, once for each end. */
export function decideWindowClosing(told: Told['window'], standing: Standing): Decided<Told['window']> {
  const { now, moment, batch, left } = standing;
  const quiet = (lookAt: number): Decided<Told['window']> => ({ news: [], memory: told, lookAt });
  const { open, until } = windowAt(batch.window, now);
  if (batch.window === null || !open || left === 0 || told === until) return quiet(Number.POSITIVE_INFINITY);
  const lasts = until - now;
  if (lasts > BEFORE) return quiet(moment + lasts - BEFORE);
  const news = [{ event: 'window-closing', closesAt: until, left, mailboxes: batch.mailboxes } as const];
  return { news, memory: until, lookAt: Number.POSITIVE_INFINITY };
}
