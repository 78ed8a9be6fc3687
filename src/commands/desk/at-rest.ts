import { connectTcp } from '../../engine/imap/connection/transport.js';
import type { Quarantining } from '../../engine/quarantine/quarantine.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import { type AgainFlags, batchAgain, credentialsAgain } from '../input/credentials/credentials-again.js';
import { CredentialsFrom } from '../input/credentials/credentials-from.js';
import { openWorkspace, type StateFlag } from '../process/command-parts.js';
import type { Environment, Prompts, Timing } from '../process/io.js';
import { operatorName } from '../process/operator.js';
import { refuseRunning } from '../reach/refuse-running.js';
import { readBatchFiles } from './batch-files.js';

/** A batch that no engine runs, and that none can start on while it is worked on. */
export interface AtRest extends Quarantining {
  readonly store: BatchStore;
  readonly records: ReadonlyMap<string, MailboxRecord>;
}

/**
 * Does a job at the destination of a batch, with connections of its own. The files are held by the engine's lock
 * meanwhile, so that no engine copies into a folder from which messages are moved.
 *
 * @throws BadInput  where an engine runs it, or a credential is missing
 */
export async function whileAtRest<T>(
  name: string,
  flags: AgainFlags & StateFlag,
  io: Prompts & Environment & Timing,
  work: (world: AtRest) => Promise<T>,
): Promise<T> {
  const workspace = await openWorkspace(flags, io);
  const store = await workspace.open(name);
  await refuseRunning(store, 'stop it first');
  const batch = batchAgain(store, flags, io.cwd);
  const given = await credentialsAgain(batch, flags, 'refuse', io, ['destination']);
  const lock = await store.lockEngine({ socketPath: null });
  try {
    const { decisions, records } = await readBatchFiles(store);
    const credentials = new CredentialsFrom(given, io);
    const { clock } = io;
    const by = operatorName(io);
    return await work({ batch, workspace, store, records, decisions, credentials, connect: connectTcp, clock, by });
  } finally {
    await store.log.close().catch(() => undefined);
    await lock.release();
  }
}
