import type { Endpoint, PlanRow } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { DiskTrouble } from '../../store/documents/disk-trouble.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import { BadInput } from '../../words/bad-input.js';
import type { FolderStatus } from '../imap/commands/status.js';
import type { Session } from '../imap/session/session.js';
import { type MailboxMarks, marksOf } from './mailbox-marks.js';

/** Another batch fills this destination mailbox now: two would each copy what the other has copied. */
export class DestinationTaken extends Error {
  override readonly name = 'DestinationTaken';
}

/**
 * The right to write into a row's destination mailbox, over all batches of this workspace.
 *
 * @throws DestinationTaken  naming the process that has it
 */
export async function takeDestination(
  workspace: Pick<Workspace, 'lockDestination'>,
  { host, port }: Endpoint,
  { destinationUser }: PlanRow,
): Promise<DestinationLock> {
  // The lock ignores the login and the case of the user: it is one mailbox.
  return taken(() => workspace.lockDestination(`${destinationUser.toLowerCase()} at ${host}:${port}`));
}

/** A destination mailbox as a connection shows it. */
export interface ShownMailbox {
  readonly session: Pick<Session, 'certificate'>;
  readonly listing: { readonly statuses: ReadonlyMap<string, Pick<FolderStatus, 'uidValidity'>> };
  /** MAILBOXID of INBOX; null: not told. */
  readonly inboxId: string | null;
}

/**
 * The same right over all workspaces of this user and machine, by what the server shows: one mailbox may be reached by
 * several names, ports and logins.
 *
 * @throws DestinationTaken  naming the process that has it
 */
export async function takeByMarks(
  workspace: Pick<Workspace, 'lockMark'>,
  { host, port }: Endpoint,
  { destinationUser: user }: PlanRow,
  { session: { certificate }, listing: { statuses }, inboxId }: ShownMailbox,
): Promise<DestinationLock> {
  const uidValidity = statuses.get('INBOX')?.uidValidity ?? null;
  const marks: MailboxMarks = { inboxId, uidValidity, server: certificate ?? host, user };
  const told = `${user} at ${host}:${port}, perhaps by another name, port or login,`;
  const locks: DestinationLock[] = [];
  const release = async () => {
    for (const lock of locks) await lock.release();
  };
  try {
    for (const mark of marksOf(marks)) locks.push(await taken(() => workspace.lockMark(mark, told)));
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}

async function taken(take: () => Promise<DestinationLock>): Promise<DestinationLock> {
  try {
    return await take();
  } catch (error) {
    if (error instanceof BadInput && !(error instanceof DiskTrouble)) throw new DestinationTaken(error.message);
    throw error;
  }
}
