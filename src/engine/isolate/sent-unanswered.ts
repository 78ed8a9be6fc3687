import { ConnectionLost } from '../imap/connection/connection-lost.js';
import type { Loss, Unanswered } from '../imap/connection/loss.js';
import { LONGEST } from '../imap/connection/silence-limits.js';

/** Whether messages that were sent after the one without an answer were answered, over whatever connection. */
export type LostWith = 'others answered' | 'nothing answered';

/** Messages of a source folder in one command. */
interface Sending {
  readonly folder: string;
  readonly uids: readonly number[];
}

/**
 * Remembers messages that were sent to the destination and had no answer when the connection was given up. The server
 * may store them minutes later, so none is sent again before that is over. Pure; times are milliseconds of a clock
 * that never jumps.
 */
export class SentUnanswered {
  /** Connections to the destination that were lost in this attempt. */
  readonly #lost = new Map<ConnectionLost, LostWith>();
  #storedBy = 0;
  /** Whether all that is under way is held back, as the attempt before this one left it, and as this one does. */
  #isFlightHeld = { before: false, now: false };

  /** An attempt begins. */
  attempt(): void {
    this.#lost.clear();
    this.#isFlightHeld = { before: this.#isFlightHeld.now, now: false };
  }

  /** Connections were lost while messages were sent. Only one of them ends the attempt. */
  lost(lost: ReadonlyMap<ConnectionLost, LostWith>): void {
    for (const [one, how] of lost) this.#lost.set(one, how);
  }

  /** `past it`: the destination went on to answer messages behind the one that it did not answer. */
  howItWent<T>(lost: ConnectionLost, otherwise: T): T | 'past it' {
    return this.#lost.get(lost) === 'others answered' ? 'past it' : otherwise;
  }

  /** The attempt ended so. @returns the messages that are not to be sent before {@link storedBy} */
  ended(error: unknown, now: number): readonly Sending[] {
    const silent = [...this.#lost.keys()].filter(({ side, loss }) => side === 'destination' && loss.how === 'silent');
    for (const { loss } of silent) this.#holds(loss, now);
    // Messages under way on a connection that dropped are not held back: they are waited for by how fast it drained.
    const ends = error instanceof ConnectionLost ? [error, ...this.#lost.keys()] : [...this.#lost.keys()];
    if (ends.some(({ side, loss }) => side === 'destination' && loss.how === 'dropped')) this.#isFlightHeld.now = false;
    return silent.flatMap(({ loss }) => loss.unanswered.flatMap(sendingIn));
  }

  #holds({ unanswered }: Loss, now: number): void {
    const sent = unanswered.filter((one) => sendingIn(one).length > 0);
    for (const { waited } of sent) this.#storedBy = Math.max(this.#storedBy, now - waited + LONGEST);
    if (sent.length > 0) this.#isFlightHeld.now = true;
  }

  /** All that was under way when the attempt before ended is held back, and needs no wait of its own. */
  get isFlightHeld(): boolean {
    return this.#isFlightHeld.before;
  }

  /** An engine before this one sent such messages. */
  waitsUntil(storedBy: number): void {
    this.#storedBy = Math.max(this.#storedBy, storedBy);
  }

  /** The time until which such messages may still be stored; 0: there were none. Sent again before, they would stand there twice. */
  get storedBy(): number {
    return this.#storedBy;
  }
}

function sendingIn({ name, folder, uids }: Unanswered): readonly Sending[] {
  return name === 'APPEND' && folder !== null && uids !== null ? [{ folder, uids }] : [];
}

/** Commands that send messages, in the order in which they are sent, and the connections that were lost with some of them. */
export class LostSends {
  readonly connections = new Map<ConnectionLost, LostWith>();
  #sent = 0;
  #answered = 0;

  /** @returns the number of a command that is sent now */
  sent(): number {
    return ++this.#sent;
  }

  answered(number: number): void {
    this.#answered = Math.max(this.#answered, number);
  }

  /** A command failed. Of a connection that is lost, the oldest command is told first. */
  failed(number: number, error: unknown): void {
    if (!(error instanceof ConnectionLost) || this.connections.has(error)) return;
    this.connections.set(error, number < this.#answered ? 'others answered' : 'nothing answered');
  }
}
