import type { PlanRow } from '../../store/batch/batch.js';
import type { EndpointKey } from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import type { Probed } from '../login/probe.js';
import type { Census } from './census.js';
import type { Finding } from './finding.js';

/** An endpoint after one connection, before anybody logs in. */
export interface EndpointProbed {
  readonly side: Side;
  readonly key: EndpointKey;
  readonly probed: Probed;
  /** Milliseconds from the look for its address to the end of its greeting. */
  readonly took: number;
  readonly findings: readonly Finding[];
}

/** Told of what a check does, while it does it. The check waits only for lines that are printed. */
export interface CheckWatch {
  endpoint(seen: EndpointProbed): void;
  /** A login to the mailbox begins. */
  begun(row: PlanRow): void;
  /** The mailbox is done.  @param census  null: it could not be looked at, as the finding says */
  mailbox(row: PlanRow, census: Census | null, findings: readonly Finding[]): Promise<void>;
  /** No login to the mailbox is made: its server or its shared login is of no use. */
  notTried(row: PlanRow): void;
  /** A message is being written to this many mailboxes. */
  writing(mailboxes: number): void;
}
