import type { Side } from '../words/side.js';
import type { Verdict } from '../words/verdict.js';
import type { BatchEntity, Instant, MailboxEntity } from './entities.js';

/** Lines of the log that a console can ask for. */
export const LINES_KEPT = 4000;

export interface LogLine {
  readonly at: Instant;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Mailbox's email, or null for the batch. */
  readonly mailbox: string | null;
  readonly side: Side | null;
  readonly folder: string | null;
  readonly text: string;
}

/** A failure, as it is entered in the error ledger. */
export interface FailureLine {
  readonly at: Instant;
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  readonly uids: string;
  readonly count: number;
  /** UIDs at the destination that it is about: second copies; '' for any other failure. */
  readonly destinationUids: string;
  readonly response: string;
  readonly verdict: Verdict;
}

export type EngineEvent =
  | { readonly type: 'batch'; readonly batch: BatchEntity }
  | { readonly type: 'mailbox'; readonly mailbox: MailboxEntity }
  | { readonly type: 'failure'; readonly failure: FailureLine }
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'end'; readonly exitCode: number; readonly batch: BatchEntity };
