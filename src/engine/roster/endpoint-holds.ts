import type { PlanRow } from '../../store/batch/batch.js';
import { endpointKey, PerEndpoint } from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import type { Governor } from '../governor/governor.js';
import type { Worker } from '../mailbox/worker.js';
import { type PassFailure, responseReason } from '../responses/pass-failure.js';
import { HeldTogether } from './held-together.js';
import type { Roster } from './roster.js';

/**
 * Holds mailboxes for troubles of an endpoint that no wait ends (a certificate, a day out of reach). The operator is
 * asked once: if the circuit is open and one of its mailboxes is held for the trouble, all of them are.
 */
export class EndpointHolds {
  readonly #held: PerEndpoint<HeldTogether>;

  constructor(
    roster: Roster,
    private readonly governor: Governor,
  ) {
    this.#held = new PerEndpoint((side, key) => new HeldTogether(roster, { of: 'endpoint', side, key }));
  }

  /** A mailbox was held. */
  held(worker: Worker, failure: PassFailure): void {
    const { side, verdict } = failure;
    if (verdict.scope !== 'endpoint') return;
    const key = endpointKey(side, worker.row);
    const held = this.#held.at(side, key);
    held.join(worker);
    if (this.governor.standing(side, key).circuit === null) return;
    held.hold({
      because: responseReason(failure),
      asks: verdict.advice,
      password: null,
    });
  }

  /** A login succeeded, so mailboxes that were held because of the endpoint go on. */
  reached(row: PlanRow, side: Side): void {
    this.#held.of(side, row).release();
  }
}
