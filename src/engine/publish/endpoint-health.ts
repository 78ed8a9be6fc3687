import type { EndpointEntity } from '../../protocol/endpoint-entity.js';
import type { Instant } from '../../protocol/entities.js';
import { SIDES, type Side } from '../../words/side.js';
import type { PassFailure } from '../mailbox/pass-failure.js';
import { MAILBOXES_BEFORE_CIRCUIT } from '../responses/pace.js';
import { sanitise } from '../responses/sanitise.js';

/** The health of both servers as this night has shown it, for the header of the console. */
export class EndpointHealth {
  readonly #software: Record<Side, string> = { source: '', destination: '' };
  readonly #throttled: Record<Side, Instant> = { source: 0, destination: 0 };
  /** Mailboxes that could not reach it since another one did, by id, and when they try again. */
  readonly #unreachable: Record<Side, Map<string, Instant>> = { source: new Map(), destination: new Map() };

  #dropped = 0;
  #toldOff = 0;

  /** @param mailboxes  how many the batch has */
  constructor(private readonly mailboxes: number) {}

  /** A login succeeded. @param software  what the server calls itself, as it came */
  reached(side: Side, software: string): void {
    this.#software[side] = sanitise(software, 80);
    this.#unreachable[side].clear();
  }

  /**
   * @param mailbox  its id
   * @param until    when it tries again
   */
  failed(mailbox: string, { side, command, verdict }: PassFailure, until: Instant): void {
    if (verdict.kind === 'throttled') this.#toldOff++;
    else if (command === 'connection') this.#dropped++;
    const unreachable = this.#unreachable[side];
    // A response to one mailbox says nothing about its server.
    if (verdict.scope !== 'endpoint') unreachable.delete(mailbox);
    else if (verdict.kind === 'throttled') this.#throttled[side] = Math.max(this.#throttled[side], until);
    else unreachable.set(mailbox, until);
  }

  /** How often a connection broke under a mailbox, and how often one was asked for patience, since this engine began. */
  get faults(): { readonly dropped: number; readonly throttled: number } {
    return { dropped: this.#dropped, throttled: this.#toldOff };
  }

  /** The clock on the wall was set. @param by  milliseconds */
  clockSet(by: number): void {
    for (const side of SIDES) {
      this.#throttled[side] += by;
      for (const [mailbox, until] of this.#unreachable[side]) this.#unreachable[side].set(mailbox, until + by);
    }
  }

  /** It asked nobody for patience that lasts, and nobody waits for it to come back. */
  isWell(side: Side, now: Instant): boolean {
    if (this.#throttled[side] > now) return false;
    for (const until of this.#unreachable[side].values()) if (until > now) return false;
    return true;
  }

  entities(
    now: Instant,
    given: Readonly<Record<Side, Pick<EndpointEntity, 'name' | 'connections' | 'allowed' | 'circuit'>>>,
  ): Record<Side, EndpointEntity> {
    const [source, destination] = SIDES.map((side) => ({
      ...given[side],
      software: this.#software[side],
      throttledUntil: later(this.#throttled[side], now),
      unreachableUntil: later(this.#unreachableUntil(side), now),
    }));
    return { source: source!, destination: destination! };
  }

  /** As many have to meet it as open the circuit, or all there are: one may be refused in words that sound like it. */
  #unreachableUntil(side: Side): Instant {
    const met = this.#unreachable[side];
    return met.size >= Math.min(MAILBOXES_BEFORE_CIRCUIT, this.mailboxes) ? Math.max(0, ...met.values()) : 0;
  }
}

/** An instant that is still to come, or null. */
const later = (at: Instant, now: Instant) => (at > now ? at : null);
