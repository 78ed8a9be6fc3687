import type { SecureContext } from 'node:tls';
import type { Settings } from '../options.js';
import type { Accounts } from '../store/accounts.js';
import type { CommandLog } from './command-log.js';
import type { FaultDesk } from './fault-desk.js';
import type { Session } from './session.js';

/** State that all connections of a server share. */
export interface House {
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly desk: FaultDesk;
  readonly log: CommandLog;
  readonly sessions: ReadonlySet<Session>;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
  readonly secureContext: () => SecureContext;
}
