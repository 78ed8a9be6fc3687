import type { Flight, FlightRecord } from '../../../store/ledger/flight.js';
import type { Clock } from '../../../words/clock.js';

/** Milliseconds without a movement, and as many round trips, where next to nothing was under way. */
const QUIET = 2000;
const ROUND_TRIPS = 4;
const STEP = 250;
/** How many times longer it waits than what was under way took at the rate that was measured. */
const SAFETY = 1.5;
/** Assumed of a connection that was not measured: bytes it may hold unseen, and bytes a second it carries. */
const UNSEEN = 64 * 1024;
const SLOW = 20_000;
/** Milliseconds at most for what is held unseen, and for commands behind each other: each moves UIDNEXT when it is stored. */
const UNSEEN_FOR = 4000;
/** Milliseconds for what a version left that did not write down what was under way. */
const NOT_WRITTEN_DOWN = 8000;
const LONGEST_DRAIN = 10 * 60_000;
/** Some servers raise UIDNEXT with nothing stored: after so many milliseconds beside the wait only MESSAGES counts. */
const UIDNEXT_BELIEVED_FOR = 5000;
/** Milliseconds after which a folder that goes on filling is filled by others. */
const LONGEST = 15 * 60_000;

/** How a folder of the destination stands. An item that the server does not tell is null. */
export interface Reading {
  readonly uidNext: number | null;
  readonly messages: number | null;
}

/** How all folders stand in which something may be stored late, by wire name. */
export type Readings = ReadonlyMap<string, Reading>;

/** Milliseconds that it may take until the next of what was under way is seen to be stored. */
export function drainTime(flight: FlightRecord): number {
  if (flight === 'unknown') return NOT_WRITTEN_DOWN / SAFETY;
  const { bytes, largest, bytesPerSecond }: Flight = flight;
  const ms = (held: number) => (held / (bytesPerSecond || SLOW)) * 1000;
  return Math.min(LONGEST_DRAIN, Math.max(ms(largest), Math.min(ms(Math.max(bytes, UNSEEN)), UNSEEN_FOR)));
}

/** Milliseconds in which no folder of the account may move. @param roundTrip  milliseconds */
export function quietTime(flight: FlightRecord, roundTrip: number): number {
  return QUIET + ROUND_TRIPS * roundTrip + SAFETY * drainTime(flight);
}

/**
 * Whether an account stands still: a movement in any of its folders starts the wait of all anew, for a line
 * stores what it held folder after folder. Time is given, in milliseconds that never jump.
 */
export class Standstill {
  readonly #quiet: number;
  readonly #believed: number;
  readonly #began: number;
  #since: number;
  /** Since no folder's number of messages moved. */
  #countsSince: number;
  #last: Readings;

  constructor(flight: FlightRecord, roundTrip: number, first: Readings, now: number) {
    this.#quiet = quietTime(flight, roundTrip);
    this.#believed = this.#quiet + drainTime(flight) + UIDNEXT_BELIEVED_FOR;
    this.#began = this.#since = this.#countsSince = now;
    this.#last = first;
  }

  /** @returns the folders that have moved */
  saw(readings: Readings, now: number): readonly string[] {
    const moved: string[] = [];
    for (const [folder, reading] of readings) {
      const last = this.#last.get(folder);
      if (!last || (last.uidNext === reading.uidNext && last.messages === reading.messages)) continue;
      moved.push(folder);
      this.#since = now;
      if (last.messages !== reading.messages || reading.messages === null) this.#countsSince = now;
    }
    this.#last = readings;
    return moved;
  }

  /** Milliseconds until it is over, if nothing moves any more; 0: it is. */
  left(now: number): number {
    const isBelieved = now - this.#began < this.#believed;
    const due = (isBelieved ? this.#since : Math.min(this.#since, this.#countsSince)) + this.#quiet;
    return Math.max(0, Math.min(due, this.#began + LONGEST) - now);
  }
}

export interface Waiting {
  /** Asks the server how the folders stand. */
  readonly look: () => Promise<Readings>;
  readonly flight: FlightRecord;
  /** Milliseconds. */
  readonly roundTrip: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** It waits, for so many milliseconds if nothing moves; these folders have moved since the last look. */
  readonly onWait: (left: number, moved: readonly string[]) => void;
}

/**
 * Waits out late stores: a server goes on storing what it had received when the line dropped, and what the
 * kernels and the path still hold.
 *
 * @throws the signal's reason
 */
export async function standstill({ look, flight, roundTrip, clock, signal, onWait }: Waiting): Promise<void> {
  const still = new Standstill(flight, roundTrip, await look(), clock.monotonic());
  let left = still.left(clock.monotonic());
  onWait(left, []);
  while (left > 0) {
    await clock.sleep(Math.min(left, STEP), signal);
    signal.throwIfAborted();
    const moved = still.saw(await look(), clock.monotonic());
    left = still.left(clock.monotonic());
    if (left > 0) onWait(left, moved);
  }
}
