import type { Batch, PlanRow } from '../../store/batch/batch.js';
import type { Clock } from '../../words/clock.js';
import type { Connect, Trust } from '../imap/connection/transport.js';
import { openSession, type Session } from '../imap/session/session.js';
import type { Credentials } from './credentials.js';
import { loginName } from './login-name.js';

/** Everything that is needed to open a connection to the source. */
export interface SourceDialling {
  readonly batch: Pick<Batch, 'source'>;
  readonly credentials: Credentials;
  /** Asked at each look: its file may have been mended meanwhile. @throws BadInput  where it cannot be read */
  readonly trust: () => Promise<Trust>;
  readonly connect: Connect;
  readonly clock: Clock;
}

/** Opens one line to the source of a mailbox. @throws LoginFailed, CredentialMissing, BadInput */
export type OpenSource = (row: PlanRow, signal: AbortSignal) => Promise<Session>;

/** Milliseconds of silence after which nobody waits for an answer any more: an operator is looking on. */
const PATIENCE = 30_000;

/**
 * A line of its own beside those of the copy: what is said on it is kept nowhere, in no log and no transcript, for
 * it is of a message that somebody looks at.
 */
export function sourceOpener({ batch, credentials, trust, connect, clock }: SourceDialling): OpenSource {
  return async (row, signal) => {
    const credential = await credentials.get('source', row, false);
    return openSession({
      side: 'source',
      endpoint: batch.source,
      trust: await trust(),
      login: { ...loginName(batch.source, row, row.sourceUser), credential },
      connect,
      clock,
      signal,
      patience: PATIENCE,
      onNotice: () => {},
    });
  };
}
