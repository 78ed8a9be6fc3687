import type { Clock } from '../../src/words/clock.js';
import type { FaultHook } from './faults.js';

const DAY = 24 * 3_600_000;

/** A lock counts what is read of message bodies, or what is stored; in bytes, or in messages. */
export interface Locked {
  readonly of: 'read' | 'stored';
  readonly unit: 'bytes' | 'messages';
}

/**
 * Locks an account that moves more than so much mail within 24 hours, as Gmail does: what it asks for is refused from
 * then on, and so is each login, for a day.
 */
export class DailyLock {
  /** Moments at which an account was locked, in milliseconds of the clock that never jumps. */
  readonly lockedAt: number[] = [];
  /** The most that was moved within 24 hours. */
  most = 0;
  readonly #moved = new Map<string, { readonly at: number; readonly amount: number }[]>();
  readonly #lockedUntil = new Map<string, number>();

  /** @param limit  an account may move in 24 hours, by time that passes and not by the clock on the wall */
  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
    private readonly counts: Locked = { of: 'read', unit: 'bytes' },
  ) {}

  readonly hook: FaultHook = (event) => {
    if (event.at === 'row' && this.counts.of === 'read' && event.items.includes('BODY[]'))
      return this.#moves(event.account, event.size());
    if (event.at === 'message' && this.counts.of === 'stored') return this.#moves(event.account, event.raw.length);
    if (event.at !== 'command' || !/^(?:LOGIN|AUTHENTICATE)$/.test(event.command)) return undefined;
    // Whoever logs in is not known yet: a lock of one account is enough for a test.
    const isLocked = [...this.#lockedUntil.values()].some((until) => until > this.clock.monotonic());
    return isLocked
      ? { kind: 'answer', lines: ['NO [AUTHENTICATIONFAILED] Account is locked'], next: 'go-on' }
      : undefined;
  };

  #moves(account: string | null, bytes: number): ReturnType<FaultHook> {
    if (account === null) return undefined;
    const now = this.clock.monotonic();
    const recent = (this.#moved.get(account) ?? []).filter(({ at }) => now - at < DAY);
    recent.push({ at: now, amount: this.counts.unit === 'bytes' ? bytes : 1 });
    this.#moved.set(account, recent);
    const moved = recent.reduce((sum, { amount }) => sum + amount, 0);
    this.most = Math.max(this.most, moved);
    if (moved <= this.limit) return undefined;
    if ((this.#lockedUntil.get(account) ?? 0) <= now) this.lockedAt.push(now);
    this.#lockedUntil.set(account, now + DAY);
    return {
      kind: 'answer',
      lines: ['NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)'],
      next: 'go-on',
    };
  }
}
