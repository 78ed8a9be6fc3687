import type { Eta, Instant } from '../../protocol/entities.js';
import { showDuration, showMinute } from '../../words/times.js';

/** An end that was told, and when. */
interface Told {
  readonly now: Instant;
  readonly eta: Eta;
}

/** Milliseconds between two that are remembered. */
const EVERY = 10_000;
/** Nobody asks how well the end of a shorter run was told, in milliseconds. */
const SHORT = 60_000;
/** From this part of the time on what is told has to be right. */
const FIFTH = 0.2;

/** Remembers which ends were told, to say how good they were when the end has come. */
export class KeptPromise {
  readonly #told: Told[] = [];

  note(now: Instant, eta: Eta): void {
    const last = this.#told.at(-1);
    if (!last || now - last.now >= EVERY) this.#told.push({ now, eta });
  }

  /**
   * The end that was told when a fifth of the time had gone by, beside the truth, in one line.
   *
   * @param from  when this run began
   * @returns null where it was short, or nothing had been told by then
   */
  text(from: Instant, end: Instant): string | null {
    const whole = end - from;
    const first = this.#told.find(({ now }) => now - from >= FIFTH * whole);
    if (whole < SHORT || !first) return null;
    const { at, from: earliest, to } = first.eta;
    const off = Math.abs(at - end);
    const told = `about ${showMinute(at)}, ${showMinute(earliest)} to ${showMinute(to)}`;
    const how = `${showDuration(off)} too ${at < end ? 'early' : 'late'}, ${Math.round((off * 100) / whole)}% of the time it took`;
    return `done at ${showMinute(end)} UTC; at ${showMinute(first.now)} it was told as ${told}: ${how}`;
  }
}
