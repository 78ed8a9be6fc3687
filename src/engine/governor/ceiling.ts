import type { Instant } from '../../protocol/entities.js';

/** Milliseconds without a refusal after which one connection more is tried. Each one that was too many doubles this. */
export const RAISE_EVERY = 3 * 60_000;
const RAISE_SELDOM = 30 * 60_000;

/**
 * The number of lowerings when a connection was asked for. The refusal of one from before the last lowering says
 * nothing new.
 */
export type Round = number;

/**
 * How many connections an address, or a login, bears. As many as wanted are asked for until one is refused. Then there
 * are half as many, and one more every few minutes, up to the configured number.
 */
export class Ceiling {
  #open = 0;
  #round: Round = 0;
  #lowered: { readonly to: number; readonly at: Instant; readonly raiseEvery: number } | null = null;

  /**
   * @param configured  connections that are asked for at most while nothing is refused; it may change
   * @param most        connections that the server is known to bear; null: nothing is known
   */
  constructor(
    private readonly configured: () => number,
    private readonly most: () => number | null = () => null,
  ) {}

  /** Connections that count: they are asked for, or open. */
  get open(): number {
    return this.#open;
  }

  /** Takes the right to a connection.  @returns a value to be given back with a refusal */
  take(): Round {
    this.#open++;
    return this.#round;
  }

  give(): void {
    this.#open--;
  }

  /** The most connections that it has shown to bear; null: it never refused one, or has recovered. */
  bears(now: Instant): number | null {
    if (this.#lowered === null) return null;
    const { to, at, raiseEvery } = this.#lowered;
    const raised = to + Math.max(0, Math.floor((now - at) / raiseEvery));
    if (raised >= this.configured()) this.#lowered = null;
    return this.#lowered === null ? null : raised;
  }

  allowed(now: Instant): number {
    return Math.min(this.bears(now) ?? this.configured(), this.most() ?? Number.POSITIVE_INFINITY);
  }

  /** Whether there is room for one more.  @param spared  connections that are kept for others */
  hasRoom(now: Instant, spared = 0): boolean {
    const bears = Math.min(...[this.bears(now), this.most()].map((one) => one ?? Number.POSITIVE_INFINITY));
    return this.#open + spared < bears;
  }

  /** The time at which it will be raised next. */
  raisedAt(now: Instant): Instant {
    const { at, raiseEvery } = this.#lowered ?? { at: now, raiseEvery: RAISE_EVERY };
    return at + (Math.floor(Math.max(0, now - at) / raiseEvery) + 1) * raiseEvery;
  }

  /**
   * A connection was refused because there are too many. It must still count when this is called. Refusals of
   * connections that were asked for together lower the ceiling once, to the number that was let in.
   */
  refused(round: Round, now: Instant): void {
    if (round === this.#round) this.#halve(now);
    else if (this.#lowered)
      this.#lowered = { ...this.#lowered, to: atLeastOne(Math.min(this.#lowered.to, this.#open - 1)) };
  }

  /** A connection that was let in is now one too many. Connections that are told so together lower the ceiling once. */
  toldOff(round: Round, now: Instant): void {
    if (round === this.#round) this.#halve(now);
  }

  #halve(now: Instant): void {
    const before = Math.min(this.bears(now) ?? this.#open, this.#open);
    const raiseEvery = this.#lowered ? Math.min(RAISE_SELDOM, this.#lowered.raiseEvery * 2) : RAISE_EVERY;
    this.#round++;
    this.#lowered = { to: atLeastOne(before / 2), at: now, raiseEvery };
  }
}

const atLeastOne = (connections: number) => Math.max(1, Math.floor(connections));
