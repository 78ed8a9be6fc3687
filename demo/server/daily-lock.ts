import type { Clock } from '../../src/words/clock.js';
import type { FaultEvent, FaultHook } from './faults.js';

const DAY = 24 * 3_600_000;

/**
 * Locks an account that reads more than so many bytes of message bodies within 24 hours, as Gmail does: what is read goes
 * on to be refused, and so is each login, for a day.
 */
export class DailyLock {
  /** Moments at which an account was locked, in milliseconds since the epoch. */
  readonly lockedAt: number[] = [];
  /** The most that was read within 24 hours. */
  most = 0;
  readonly #read = new Map<string, { readonly at: number; readonly bytes: number }[]>();
  readonly #lockedUntil = new Map<string, number>();

  /** @param bytes  an account may read in 24 hours */
  constructor(
    private readonly clock: Clock,
    private readonly bytes: number,
  ) {}

  readonly hook: FaultHook = (event) => {
    if (event.at === 'row') return this.#row(event);
    if (event.at !== 'command' || !/^(?:LOGIN|AUTHENTICATE)$/.test(event.command)) return undefined;
    // Whoever logs in is not known yet: a lock of one account is enough for a test.
    const isLocked = [...this.#lockedUntil.values()].some((until) => until > this.clock.now());
    return isLocked
      ? { kind: 'answer', lines: ['NO [AUTHENTICATIONFAILED] Account is locked'], next: 'go-on' }
      : undefined;
  };

  #row({ account, items, size }: Extract<FaultEvent, { at: 'row' }>): ReturnType<FaultHook> {
    if (account === null || !items.includes('BODY[]')) return undefined;
    const now = this.clock.now();
    const recent = (this.#read.get(account) ?? []).filter(({ at }) => now - at < DAY);
    recent.push({ at: now, bytes: size() });
    this.#read.set(account, recent);
    const read = recent.reduce((sum, { bytes }) => sum + bytes, 0);
    this.most = Math.max(this.most, read);
    if (read <= this.bytes) return undefined;
    if ((this.#lockedUntil.get(account) ?? 0) <= now) this.lockedAt.push(now);
    this.#lockedUntil.set(account, now + DAY);
    return {
      kind: 'answer',
      lines: ['NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)'],
      next: 'go-on',
    };
  }
}
