import type { Instant } from '../../protocol/entities.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { EndpointKey } from '../../store/batch/endpoints.js';
import type { Reason } from '../../words/reason.js';
import type { Side } from '../../words/side.js';
import type { PassFailure } from '../mailbox/pass-failure.js';

/**
 * The load that the endpoints of a batch bear: how many connections, and whether they are to be left alone for now.
 *
 * It is an interface, so that several hosts may share the counters of an endpoint one day. Its answers come without
 * waiting: a host would borrow a part of what the endpoint bears, and count within that part.
 */
export interface Governor {
  /**
   * Asks for what a mailbox cannot do without: one connection on each side. A place that was given counts
   * until it was left.
   */
  admit(row: PlanRow, how: 'in turn' | 'by order'): Admission;
  /**
   * Asks for one connection to the source that only looks. What becomes of it says nothing.
   *
   * @returns how to give it back; null while the source is, or lately was, in any trouble
   */
  look(row: PlanRow): (() => void) | null;
  standing(side: Side, key: EndpointKey): Standing;
}

export type Admission =
  | { readonly kind: 'place'; readonly place: Place }
  /** Asking again before `until` is in vain; `why` is said to the operator. */
  | { readonly kind: 'wait'; readonly until: Instant; readonly why: Reason };

/** The right of one attempt on a mailbox to connect. */
export interface Place {
  /**
   * The right to one more connection: the first one on a side is there for certain, later ones where the
   * endpoint bears them. Null: it is done without.
   */
  line(side: Side): Permit | null;
  /** The right to a connection in the place of one that is about to be closed: the endpoint bears it, since that one goes. */
  instead(side: Side): Permit;
  /** Reports a server's response, or the error that ended a connection. */
  failed(failure: PassFailure): void;
  /** Nothing is connected any more but what still says goodbye. */
  leave(): void;
}

/** The right to one connection. It counts until `closed`, as the server counts it. */
export interface Permit {
  /** The login succeeded. */
  reached(): void;
  /**
   * It could not be made, or was refused: nothing is open.
   *
   * @param by  `server`: it said so, and is there; `nobody`: no answer came
   */
  refused(failure: PassFailure, by: 'server' | 'nobody'): void;
  closed(): void;
}

/** How an endpoint bears the night, for consoles. */
export interface Standing {
  /** Connections that it is asked for at most. */
  readonly allowed: number;
  /** Several mailboxes in a row met what concerns them all: nobody connects before `until`, and then one tries. */
  readonly circuit: OpenCircuit | null;
}

interface OpenCircuit {
  readonly until: Instant;
  /** Sanitised. */
  readonly because: string;
}
