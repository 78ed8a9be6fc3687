import type { Flight, FlightRecord } from '../../../store/ledger/flight.js';
import type { Clock } from '../../../words/clock.js';

/** The shortest wait without a change: so many milliseconds and so many round trips. */
const QUIET = 2000;
const ROUND_TRIPS = 4;
const STEP = 250;
/** How many times longer the wait is than the bytes under way need at the measured rate. */
const SAFETY = 1.5;
/**
 * Assumptions about a connection that was never measured: bytes that it may hold unseen, and bytes a second that it
 * carries.
 */
const UNSEEN = 64 * 1024;
const SLOW = 20_000;
/**
 * The longest wait, in milliseconds, for bytes that are held unseen and for commands behind each other. Each command
 * moves UIDNEXT when it is stored.
 */
const UNSEEN_FOR = 4000;
/** Milliseconds to wait for a run of an older version, which noted no bytes under way. */
const NOT_WRITTEN_DOWN = 8000;
const LONGEST_DRAIN = 10 * 60_000;
/**
 * Milliseconds after the wait in which UIDNEXT is believed. Some servers raise it with nothing stored, so later only
 * MESSAGES counts.
 */
const UIDNEXT_BELIEVED_FOR = 5000;
/** Milliseconds after which a folder that still grows is taken to be filled by somebody else. */
const LONGEST = 15 * 60_000;

/** Counters of a destination folder. An item that the server does not tell is null. */
export interface Reading {
  readonly uidNext: number | null;
  readonly messages: number | null;
}

/** Counters of all folders in which messages may be stored late, by wire name. */
export type Readings = ReadonlyMap<string, Reading>;

/** Milliseconds that may pass until the next message under way is stored. */
export function drainTime(flight: FlightRecord): number {
  if (flight === 'unknown') return NOT_WRITTEN_DOWN / SAFETY;
  const { bytes, largest, bytesPerSecond }: Flight = flight;
  const ms = (held: number) => (held / (bytesPerSecond || SLOW)) * 1000;
  return Math.min(LONGEST_DRAIN, Math.max(ms(largest), Math.min(ms(Math.max(bytes, UNSEEN)), UNSEEN_FOR)));
}

/** Milliseconds in which no folder of the account may change. @param roundTrip  milliseconds */
export function quietTime(flight: FlightRecord, roundTrip: number): number {
  return QUIET + ROUND_TRIPS * roundTrip + SAFETY * drainTime(flight);
}

/**
 * Decides whether an account stands still. A change in one folder starts the wait of all folders anew, because a server
 * stores the messages of a broken connection folder after folder. Times are monotonic milliseconds.
 */
export class Standstill {
  readonly #quiet: number;
  readonly #believed: number;
  readonly #began: number;
  #since: number;
  /** Time of the last change of any folder's number of messages. */
  #countsSince: number;
  #last: Readings;

  constructor(flight: FlightRecord, roundTrip: number, first: Readings, now: number) {
    this.#quiet = quietTime(flight, roundTrip);
    this.#believed = this.#quiet + drainTime(flight) + UIDNEXT_BELIEVED_FOR;
    this.#began = this.#since = this.#countsSince = now;
    this.#last = first;
  }

  /** @returns the folders that have changed */
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

  /** Milliseconds until the wait is over, if nothing changes any more; 0: it is over. */
  left(now: number): number {
    const isBelieved = now - this.#began < this.#believed;
    const due = (isBelieved ? this.#since : Math.min(this.#since, this.#countsSince)) + this.#quiet;
    return Math.max(0, Math.min(due, this.#began + LONGEST) - now);
  }
}

export interface Waiting {
  /** Asks the server for the counters of the folders. */
  readonly look: () => Promise<Readings>;
  readonly flight: FlightRecord;
  /** Milliseconds. */
  readonly roundTrip: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called at each look. @param left  milliseconds if nothing changes @param moved  folders that changed since */
  readonly onWait: (left: number, moved: readonly string[]) => void;
}

/**
 * Waits until late stores have ended. After a connection drops, a server goes on storing the messages that it has
 * received, and those that are still in buffers on the way.
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
