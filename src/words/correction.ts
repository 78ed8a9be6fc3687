import type { Side } from './side.js';
import type { Kind } from './verdict.js';

/** The responses that are "like this": what a line of the error ledger has in common, in any folder. */
export interface ResponsePattern {
  readonly side: Side;
  /** The command as the error ledger has it (`APPEND`, `UID FETCH`, `connection`); null between commands. */
  readonly command: string | null;
  /** Upper-case response code, or null where the response carries none. */
  readonly code: string | null;
  /** The response without numbers and ids, as the error ledger has it. */
  readonly cause: string;
}

/** An operator's word on what responses like one of them mean, for the rest of the batch. Plain data. */
export interface Correction {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The operator who said so, where known. */
  readonly by?: string;
  readonly pattern: ResponsePattern;
  readonly kind: Kind;
  /** The response that the operator was looking at, whole. */
  readonly sample: string;
}
