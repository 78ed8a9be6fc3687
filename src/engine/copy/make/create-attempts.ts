import { createFolder, subscribeFolder } from '../../imap/commands/folders.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { USUAL } from '../../imap/connection/silence-limits.js';
import type { Tagged } from '../../imap/connection/tagged.js';
import { Refused, refusedOr } from '../../imap/session/refused.js';
import type { Session } from '../../imap/session/session.js';
import type { Listing } from '../../listing/listing.js';
import type { NameTrials } from '../../listing/trials.js';
import type { CopyContext } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';
import { completed, destinationStatus } from '../prepare/destination-status.js';

/** The result of creating a folder, before anybody looked at its name. */
export interface Attempt {
  /** Its status under the name that was asked for; undefined: it is a parent without mail. */
  readonly found: FolderStatus | Refused | undefined;
  /** CREATE's refusal; null: it was made, or was there. */
  readonly refusal: string | null;
}

/** Sends CREATE, SUBSCRIBE and STATUS of folders without waiting in between. */
export class CreateAttempts {
  readonly #asked = new Map<string, Promise<string | null>>();

  constructor(
    private readonly context: CopyContext,
    private readonly destination: Listing,
    private readonly subscribing: NameTrials,
  ) {}

  /** The number of names that were sent to be made. */
  get created(): number {
    return this.#asked.size;
  }

  /** @param patience  milliseconds of silence for CREATE @throws ConnectionLost */
  async begin(pair: FolderPair, patience = USUAL): Promise<Attempt> {
    const { session } = this.context.connections.destination;
    const { wire } = pair.destination;
    const creation = pair.create.length > 0 ? this.#create(wire, pair.use, patience) : null;
    const subscription = pair.subscribe ? this.#subscription(wire, pair.destination.name) : null;
    const listed = this.destination.statuses.get(wire);
    const asked = pair.selectable && (!listed || creation !== null) ? this.#statusOr(wire) : null;
    // All are awaited together: the connection may drop under all of them, and none may be left without a listener.
    const answers = await Promise.all([creation, asked, subscription]);
    let refusal = answers[0];
    let found = answers[1] ?? (listed && (await refusedOr(completed(this.context.connections, wire, listed))));
    if (refusal !== null && pair.create.length > 1) {
      // Some servers do not make parents by themselves.
      for (const parent of pair.create.slice(0, -1)) await this.#create(parent, null, patience);
      refusal = await refusalOf(session, wire, pair.use, patience);
      if (pair.selectable) found = await this.#statusOr(wire);
    }
    const isSubscribed = answers[2] === null || answers[2].status === 'OK';
    if (!isSubscribed && !(found instanceof Refused)) await this.subscribe(wire, pair.destination.name);
    return { found, refusal };
  }

  /** @param name  as people read it */
  async subscribe(wire: string, name: string): Promise<void> {
    const answer = await this.#subscription(wire, name);
    if (answer !== null && answer.status !== 'OK')
      this.context.log('warn', name, `the destination did not subscribe it: ${answer.line}`);
  }

  /** Null where it is never answered: then the folder goes without. */
  async #subscription(wire: string, name: string): Promise<Tagged | null> {
    const { subscribing, context } = this;
    if (subscribing.isGivenUp(wire)) {
      context.log('warn', name, 'the destination gives no answer to SUBSCRIBE: the folder is not subscribed there');
      return null;
    }
    try {
      return await subscribeFolder(context.connections.destination.session, wire);
    } catch (error) {
      subscribing.failed(wire, error);
      throw error;
    }
  }

  #create(wire: string, use: string | null, patience: number): Promise<string | null> {
    const before = this.#asked.get(wire);
    if (before) return before;
    const answer = refusalOf(this.context.connections.destination.session, wire, use, patience);
    this.#asked.set(wire, answer);
    return answer;
  }

  #statusOr(wire: string): Promise<FolderStatus | Refused> {
    return refusedOr(destinationStatus(this.context.connections, wire));
  }
}

/** CREATE, once more without the special use where that is what it does not like (RFC 6154, USEATTR). */
async function refusalOf(session: Session, wire: string, use: string | null, patience: number): Promise<string | null> {
  const first = await createFolder(session, wire, use, patience);
  if (first.status === 'OK') return null;
  if (use === null) return first.line;
  const plain = await createFolder(session, wire, null, patience);
  return plain.status === 'OK' ? null : plain.line;
}
