import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import type { Doubles } from '../ledger/doubles.js';
import type { Uid } from '../uid/uid.js';

export interface Failure {
  readonly side: Side;
  readonly command: string;
  /** Source folder, whichever side failed; null before any folder. */
  readonly folder: string | null;
  /** Source UIDs; empty when the failure is of no message. */
  readonly uids: Iterable<Uid>;
  readonly response: string;
  readonly verdict: Verdict;
  /** Second copies at the destination; only for a failure of no message. */
  readonly doubles?: Doubles;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
