import type { Instant } from '../../protocol/entities.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { EndpointKey } from '../../store/batch/endpoints.js';
import type { Reason } from '../../words/reason.js';
import type { Side } from '../../words/side.js';
import type { PassFailure } from '../responses/pass-failure.js';

/**
 * The load that the endpoints of a batch bear: how many connections, and whether they are to be left alone for now.
 *
 * It is an interface, so that several hosts may share the counters of an endpoint one day. Its answers come without
 * waiting: a host would borrow a part of what the endpoint bears, and count within that part.
 */
export interface Governor {
  /** Asks for the connections that a mailbox cannot do without: one on each side. A place counts until it is left. */
  admit(row: PlanRow, how: 'in turn' | 'by order'): Admission;
  /**
   * Asks for one connection to the source that only looks. Whatever becomes of it, the governor learns nothing.
   *
   * @returns how to give it back; null while the source is, or lately was, in any trouble
   */
  look(row: PlanRow): (() => void) | null;
  standing(side: Side, key: EndpointKey): Standing;
}

export type Admission =
  | { readonly kind: 'place'; readonly place: Place }
  /** A question before `until` has the same answer. `why` is for the operator. */
  | { readonly kind: 'wait'; readonly until: Instant; readonly why: Reason };

/** The right of one attempt on a mailbox to connect. */
export interface Place {
  /**
   * The right to one more connection. The first one on a side is certain, later ones depend on the endpoint. Null: the
   * mailbox does without.
   */
  connection(side: Side): Permit | null;
  /**
   * The right to a connection in place of one that is about to be closed. The endpoint bears it, since the other one
   * goes.
   */
  instead(side: Side): Permit;
  /** Reports a server's response, or the error that ended a connection. */
  failed(failure: PassFailure): void;
  /** Nothing is connected any more, apart from connections that say goodbye. */
  leave(): void;
}

/** The right to one connection. It counts until `closed`, as the server counts it. */
export interface Permit {
  /** The login succeeded. */
  reached(): void;
  /**
   * The connection could not be made, or was refused: nothing is open.
   *
   * @param by  `server`: it said so, and can be reached; `nobody`: no answer came
   */
  refused(failure: PassFailure, by: 'server' | 'nobody'): void;
  closed(): void;
}

/** How an endpoint stands, for consoles. */
export interface Standing {
  /** The most connections that it is asked for. */
  readonly allowed: number;
  /**
   * Several mailboxes in a row met something that concerns all. No mailbox connects before `until`, and then one tries.
   */
  readonly circuit: OpenCircuit | null;
}

interface OpenCircuit {
  readonly until: Instant;
  /** The response, sanitised. */
  readonly because: string;
}
