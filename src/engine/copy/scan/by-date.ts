import { UidSet } from '../../../store/uid/uid-set.js';
import { type DayRange, outsideOf } from '../../../words/days.js';
import type { ScanItems } from '../../imap/commands/scan.js';
import { instantOf } from '../../imap/grammar/internal-date.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';

/**
 * Finds the messages of a listing that lie outside of the days that are copied, by their INTERNALDATE. SEARCH SINCE
 * would take the day in the server's zone (RFC 9051 section 6.4.4), and some servers search by other dates than they
 * tell.
 */
export class ByDate {
  readonly outside = new UidSet();
  /** The items that have to be asked for. */
  readonly items: Extract<ScanItems, 'sizes' | 'sizes and dates'>;
  readonly #isOutside: (at: number | undefined) => boolean;

  constructor(days: DayRange) {
    this.items = days.since === null && days.until === null ? 'sizes' : 'sizes and dates';
    this.#isOutside = outsideOf(days);
  }

  see({ uid, internalDate }: NamedRow): void {
    if (internalDate !== undefined && this.#isOutside(instantOf(internalDate))) this.outside.add(uid);
  }
}
