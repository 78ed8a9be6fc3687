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

/** Told what a check does, while it does it. Whoever is told waits for nothing, but for the lines that they print. */
export interface CheckWatch {
  endpoint(seen: EndpointProbed): void;
  /** Somebody logs in to the mailbox now. */
  begun(row: PlanRow): void;
  /** A mailbox is done with. @param census  null: it could not be looked at, as the finding says */
  mailbox(row: PlanRow, census: Census | null, findings: readonly Finding[]): Promise<void>;
  /** Nobody logs in there: a server or a shared login is of no use. */
  notTried(row: PlanRow): void;
  /** A message is written to so many mailboxes now. */
  writing(mailboxes: number): void;
}
