import type { PlanRow } from '../../store/batch/batch.js';
import { type Endpoints, endpointOf } from '../../store/batch/endpoints.js';
import { loginName } from '../../store/batch/login-name.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import type { Clock } from '../../words/clock.js';
import { DestinationNames } from '../copy/map/destination-names.js';
import { OPERATORS_NOTATION, readPath } from '../copy/map/folder-names.js';
import { Desk } from '../imap/commands/desk.js';
import { createFolder } from '../imap/commands/folders.js';
import { readInboxId } from '../imap/commands/mailbox-id.js';
import type { Connect } from '../imap/connection/transport.js';
import { isInbox } from '../imap/grammar/layout.js';
import type { Credentials } from '../imap/session/credentials.js';
import { must } from '../imap/session/refused.js';
import { openSession, type Session } from '../imap/session/session.js';
import { type Listing, listAccount } from '../listing/listing.js';
import { readTrust } from '../login/read-trust.js';
import { takeByMarks, takeDestination } from '../login/take-destination.js';

export interface DestinationDialling {
  readonly batch: Endpoints;
  readonly credentials: Credentials;
  readonly connect: Connect;
  readonly clock: Clock;
}

/** One mailbox of the destination, open for a job of its own beside the copy. */
export class MailboxAtDestination {
  readonly desk: Desk;
  readonly #locks: DestinationLock[] = [];

  private constructor(
    readonly session: Session,
    readonly listing: Listing,
  ) {
    this.desk = new Desk(session, 'SELECT');
  }

  /**
   * Opens it for a job during which no batch may fill it.
   *
   * @throws DestinationTaken, LoginFailed, CredentialMissing, Refused, ConnectionLost, BadInput
   */
  static async take(
    dialling: DestinationDialling & { readonly workspace: Pick<Workspace, 'lockDestination' | 'lockMark'> },
    row: PlanRow,
  ): Promise<MailboxAtDestination> {
    const { batch, workspace } = dialling;
    const endpoint = endpointOf(batch, 'destination', row);
    const lock = await takeDestination(workspace, endpoint, row);
    let mailbox: MailboxAtDestination | null = null;
    try {
      mailbox = await MailboxAtDestination.open(dialling, row);
      mailbox.#locks.push(lock);
      const { session, listing } = mailbox;
      mailbox.#locks.push(
        await takeByMarks(workspace, endpoint, row, { session, listing, inboxId: await readInboxId(session) }),
      );
      return mailbox;
    } catch (error) {
      await (mailbox === null ? lock.release() : mailbox.leave());
      throw error;
    }
  }

  /** @throws LoginFailed, CredentialMissing, Refused, ConnectionLost, BadInput */
  static async open({ batch, credentials, connect, clock }: DestinationDialling, row: PlanRow) {
    const endpoint = endpointOf(batch, 'destination', row);
    const session = await openSession({
      side: 'destination',
      endpoint,
      trust: await readTrust('destination', endpoint),
      login: {
        ...loginName(endpoint, row, row.destinationUser),
        credential: await credentials.get('destination', row, false),
      },
      connect,
      clock,
      onNotice: () => {},
    });
    try {
      return new MailboxAtDestination(session, await listAccount(session));
    } catch (error) {
      void session.wire.leave();
      throw error;
    }
  }

  /** The name on the wire of a folder that is there. */
  wireOf(name: string): string | null {
    return isInbox(name) ? 'INBOX' : (this.listing.folders.find((folder) => folder.name === name)?.wire ?? null);
  }

  /**
   * Makes a folder where it is not there, with those above it.
   *
   * @param name  as operators write folders: parts divided by `/`
   * @returns its name on the wire
   * @throws Refused
   */
  async make(name: string): Promise<string> {
    const target = { path: readPath(name, OPERATORS_NOTATION), how: 'map', folder: null } as const;
    const { create, wire } = new DestinationNames(this.listing).place(target, true);
    for (const one of create) {
      const answer = await createFolder(this.session, one, null);
      if (answer.code !== 'ALREADYEXISTS') must('destination', 'CREATE', answer, one);
    }
    return wire;
  }

  async leave(): Promise<void> {
    await this.session.wire.leave();
    for (const lock of this.#locks) await lock.release();
  }
}
