import type { Side } from '../../words/side.js';
import { type PassFailure, responseReason } from '../mailbox/pass-failure.js';
import type { Worker } from '../mailbox/worker.js';
import type { Roster } from '../schedule/roster.js';
import type { Governor } from './governor.js';
import { HeldTogether } from './held-together.js';

/**
 * Some troubles at an endpoint do not pass by waiting (a certificate, a day out of reach). The operator is asked once: if its
 * circuit is open and one of its mailboxes is held for the trouble, all of them are.
 */
export class EndpointHolds {
  readonly #held: Readonly<Record<Side, HeldTogether>>;

  constructor(
    roster: Roster,
    private readonly governor: Governor,
  ) {
    this.#held = {
      source: new HeldTogether(roster, { of: 'endpoint', side: 'source' }),
      destination: new HeldTogether(roster, { of: 'endpoint', side: 'destination' }),
    };
  }

  /** A mailbox was held. */
  held(worker: Worker, failure: PassFailure): void {
    const { side, verdict } = failure;
    if (verdict.scope !== 'endpoint') return;
    this.#held[side].join(worker);
    if (this.governor.standing(side).circuit === null) return;
    this.#held[side].hold(() => true, { because: responseReason(failure), asks: verdict.advice, password: null });
  }

  /** A login succeeded: those that were held because of the endpoint go on. */
  reached(side: Side): void {
    this.#held[side].release();
  }
}
