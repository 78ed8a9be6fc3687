import { UidSet } from '../../../store/uid/uid-set.js';
import type { Finding } from '../../responses/finding.js';
import { datedOnArrival, datesChanged, datesShifted } from './date-findings.js';

const MINUTE = 60_000;
/** Zones differ by quarters of an hour. They are at most 14 hours from UTC, and 26 from each other. */
const STEP = 15 * MINUTE;
const FARTHEST = 26 * 60 * MINUTE;
/** The most shifts that have one cause: summer time, winter time, and one more. */
const MOST_AMOUNTS = 3;
/** Milliseconds by which a server's clock may be wrong. */
const CLOCK_ERROR = 24 * 60 * MINUTE;

interface Sample {
  readonly source: number;
  readonly sent: number;
  readonly there: number | undefined;
}

/** Collects the INTERNALDATEs of one folder that came back changed, and finds the cause. */
export class DateDifferences {
  readonly #differing: Sample[] = [];
  #compared = 0;

  /** @param there  undefined if the destination gives no readable date */
  add(source: number, sent: number | undefined, there: number | undefined): void {
    if (sent === undefined) return;
    this.#compared++;
    if (sent !== there) this.#differing.push({ source, sent, there });
  }

  /**
   * Makes one finding for each cause.
   *
   * @param since  when this run began, in milliseconds since the epoch
   */
  findings(since: number): { readonly finding: Finding; readonly uids: UidSet }[] {
    const [first] = this.#differing;
    if (!first) return [];
    const uids = UidSet.from(this.#differing.map(({ source }) => source));
    const example = { uid: first.source, sent: first.sent, there: first.there ?? null };
    const dates = { count: uids.size, of: this.#compared, example };
    const amounts = amountsOf(this.#differing);
    if (
      amounts.length <= MOST_AMOUNTS &&
      amounts.every((amount) => amount % STEP === 0 && Math.abs(amount) <= FARTHEST)
    )
      return [{ finding: datesShifted(dates, amounts), uids }];
    const arrived = this.#differing.every(
      ({ sent, there }) => there !== undefined && there >= since - CLOCK_ERROR && sent < since - CLOCK_ERROR,
    );
    return [{ finding: arrived ? datedOnArrival(dates) : datesChanged(dates), uids }];
  }
}

/** The shifts in milliseconds, the least first; NaN stands for a date that cannot be read. */
function amountsOf(differing: readonly Sample[]): number[] {
  const amounts = new Set<number>();
  for (const { sent, there } of differing) {
    amounts.add(there === undefined ? Number.NaN : there - sent);
    if (amounts.size > MOST_AMOUNTS) break;
  }
  return [...amounts].sort((a, b) => a - b);
}
