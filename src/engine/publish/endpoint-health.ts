import type { EndpointEntity } from '../../protocol/endpoint-entity.js';
import type { Instant } from '../../protocol/entities.js';
import { type EndpointKey, type Located, PerEndpoint } from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import { MAILBOXES_BEFORE_CIRCUIT } from '../responses/pace.js';
import type { PassFailure } from '../responses/pass-failure.js';
import { sanitise } from '../responses/sanitise.js';

/** How one server was found this night. */
interface Health {
  software: string;
  throttledUntil: Instant;
  /** Mailboxes that could not reach it since another one did, by id, and when they try again. */
  readonly unreachable: Map<string, Instant>;
}

/** The health of the servers as this night has shown it, for the header of the console. */
export class EndpointHealth {
  readonly #all = new PerEndpoint((): Health => ({ software: '', throttledUntil: 0, unreachable: new Map() }));

  #dropped = 0;
  #toldOff = 0;

  /** @param mailboxes  how many the batch has there */
  constructor(private readonly mailboxes: (side: Side, key: EndpointKey) => number) {}

  /** A login succeeded. @param software  what the server calls itself, as it came */
  reached(side: Side, row: Located, software: string): void {
    const health = this.#all.of(side, row);
    health.software = sanitise(software, 80);
    health.unreachable.clear();
  }

  /** @param until  when it tries again */
  failed(row: Located & { readonly id: string }, { side, command, verdict }: PassFailure, until: Instant): void {
    if (verdict.kind === 'throttled') this.#toldOff++;
    else if (command === 'connection') this.#dropped++;
    const health = this.#all.of(side, row);
    // A response to one mailbox says nothing about its server.
    if (verdict.scope !== 'endpoint') health.unreachable.delete(row.id);
    else if (verdict.kind === 'throttled') health.throttledUntil = Math.max(health.throttledUntil, until);
    else health.unreachable.set(row.id, until);
  }

  /** How often a connection broke under a mailbox, and how often one was asked for patience, since this engine began. */
  get faults(): { readonly dropped: number; readonly throttled: number } {
    return { dropped: this.#dropped, throttled: this.#toldOff };
  }

  /** The clock on the wall was set. @param by  milliseconds */
  clockSet(by: number): void {
    for (const health of this.#all) {
      health.throttledUntil += by;
      for (const [mailbox, until] of health.unreachable) health.unreachable.set(mailbox, until + by);
    }
  }

  /** It asked nobody for patience that lasts, and nobody waits for it to come back. */
  isWell(side: Side, row: Located, now: Instant): boolean {
    const { throttledUntil, unreachable } = this.#all.of(side, row);
    if (throttledUntil > now) return false;
    for (const until of unreachable.values()) if (until > now) return false;
    return true;
  }

  entity(
    side: Side,
    key: EndpointKey,
    now: Instant,
    given: Pick<EndpointEntity, 'name' | 'connections' | 'allowed' | 'circuit'>,
  ): EndpointEntity {
    const { software, throttledUntil, unreachable } = this.#all.at(side, key);
    // As many have to meet it as open the circuit, or all there are: one may be refused in words that sound like it.
    const isOut = unreachable.size >= Math.min(MAILBOXES_BEFORE_CIRCUIT, this.mailboxes(side, key));
    return {
      ...given,
      software,
      throttledUntil: later(throttledUntil, now),
      unreachableUntil: later(isOut ? Math.max(0, ...unreachable.values()) : 0, now),
    };
  }
}

/** An instant that is still to come, or null. */
const later = (at: Instant, now: Instant) => (at > now ? at : null);
