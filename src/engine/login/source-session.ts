import type { PlanRow } from '../../store/batch/batch.js';
import { type Endpoints, endpointOf } from '../../store/batch/endpoints.js';
import { loginName } from '../../store/batch/login-name.js';
import type { Clock } from '../../words/clock.js';
import { LOOKED_ON } from '../imap/connection/silence-limits.js';
import type { Connect, Trust } from '../imap/connection/transport.js';
import type { Credentials } from '../imap/session/credentials.js';
import { openSession, type Session } from '../imap/session/session.js';

/** Everything that is needed to open a connection to the source. */
export interface SourceDialling {
  readonly batch: Endpoints;
  readonly credentials: Credentials;
  /** Asked at each look: its file may have been mended meanwhile. @throws BadInput  where it cannot be read */
  readonly trust: (row: PlanRow) => Promise<Trust>;
  readonly connect: Connect;
  readonly clock: Clock;
}

/** Opens one line to the source of a mailbox. @throws LoginFailed, CredentialMissing, BadInput */
export type OpenSource = (row: PlanRow, signal: AbortSignal) => Promise<Session>;

/**
 * Uses a line of its own to the source of a mailbox, and leaves it.
 *
 * @param drop  hangs up on what is under way
 * @throws LoginFailed, CredentialMissing, BadInput, and what `use` throws
 */
export async function overSource<T>(
  open: OpenSource,
  row: PlanRow,
  drop: AbortSignal,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await open(row, drop);
  const { wire } = session;
  const hangUp = () => wire.drop(new Error('stopped'));
  drop.addEventListener('abort', hangUp, { once: true });
  if (drop.aborted) hangUp();
  try {
    return await use(session);
  } finally {
    drop.removeEventListener('abort', hangUp);
    void wire.leave();
  }
}

/**
 * A line of its own beside those of the copy: what is said on it is kept nowhere, in no log and no transcript, for
 * it is of a message that somebody looks at.
 */
export function sourceOpener({ batch, credentials, trust, connect, clock }: SourceDialling): OpenSource {
  return async (row, signal) => {
    const endpoint = endpointOf(batch, 'source', row);
    const credential = await credentials.get('source', row, false);
    return openSession({
      side: 'source',
      endpoint,
      trust: await trust(row),
      login: { ...loginName(endpoint, row, row.sourceUser), credential },
      connect,
      clock,
      signal,
      patience: LOOKED_ON,
      onNotice: () => {},
    });
  };
}
