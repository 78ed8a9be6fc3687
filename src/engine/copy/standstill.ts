import type { Clock } from '../../words/clock.js';

const QUIET = 2000;
const STEP = 250;

/**
 * Waits out late commits: a server goes on storing what it had received when the line dropped.
 * The folder's UIDNEXT must stand still for 2 s and 4 round trips, and longer when much was in
 * flight.
 *
 * @param uidNext       asks the server
 * @param roundTrip     milliseconds
 * @param bytesInFlight what had been sent and not answered, as far as it is known
 * @returns UIDNEXT as it stands
 */
export async function standstill(
  uidNext: () => Promise<number>,
  clock: Clock,
  roundTrip: number,
  bytesInFlight: number,
  signal: AbortSignal,
): Promise<number> {
  const quiet = QUIET + 4 * roundTrip + bytesInFlight / 10_000;
  let last = await uidNext();
  let since = clock.monotonic();
  while (clock.monotonic() - since < quiet) {
    await clock.sleep(STEP, signal);
    signal.throwIfAborted();
    const now = await uidNext();
    if (now !== last) {
      last = now;
      since = clock.monotonic();
    }
  }
  return last;
}
