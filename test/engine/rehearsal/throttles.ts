import { answer, bye, type Rule } from '../../../demo/server/index.js';
import type { Clock } from '../../../src/words/clock.js';

/** So much is served of an account in a window of so long, which begins with the first of it. */
interface Quota {
  readonly most: number;
  readonly ms: number;
}

/** Messages or bytes that an account is served in windows of time; what goes beyond is refused until the window is over. */
class Windows {
  readonly #open = new Map<string, { readonly began: number; used: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly quota: Quota,
  ) {}

  /** @returns null: it is served; else milliseconds until it would be */
  take(account: string, amount: number): number | null {
    const now = this.clock.monotonic();
    const { most, ms } = this.quota;
    const before = this.#open.get(account);
    const open = before && now < before.began + ms ? before : { began: now, used: 0 };
    this.#open.set(account, open);
    if (open.used >= most) return open.began + ms - now;
    open.used += amount;
    return null;
  }
}

/** Bodies are counted as they are served, in messages or in bytes; the refusal names the wait, or none. */
export function throttledBodies(
  clock: Clock,
  quota: Quota,
  counts: 'messages' | 'bytes',
  says: 'the wait' | 'no wait',
): Rule {
  const windows = new Windows(clock, quota);
  return (event) => {
    if (event.at !== 'row' || event.account === null || !event.items.includes('BODY[]')) return undefined;
    const left = windows.take(event.account, counts === 'bytes' ? event.size() : 1);
    if (left === null) return undefined;
    return answer(
      says === 'the wait'
        ? `NO [LIMIT] Request is throttled, try again in ${Math.ceil(left / 1000)} seconds`
        : 'NO [LIMIT] Request is throttled, try again later',
    );
  };
}

/** Messages stored of all accounts together in a window of time. */
export function throttledAppends(clock: Clock, quota: Quota): Rule {
  const windows = new Windows(clock, quota);
  return (event) => {
    if (event.at !== 'command' || event.command !== 'APPEND' || event.account === null) return undefined;
    const left = windows.take(event.account, 1);
    return left === null
      ? undefined
      : answer(`NO Request is throttled. Suggested Backoff Time: ${Math.ceil(left)} milliseconds`);
  };
}

/** More connections than so many are sent away as they come. */
export function fewConnections(server: { readonly connections: number }, most: number): Rule {
  return (event) =>
    event.at === 'connect' && server.connections > most ? bye('Too many connections, try again later') : undefined;
}
