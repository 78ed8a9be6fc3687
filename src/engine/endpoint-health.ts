import { SIDES, type Side } from '../words/side.js';
import type { PassFailure } from './pass-failure.js';
import type { EndpointEntity, Instant } from './protocol.js';
import { sanitise } from './responses/sanitise.js';

/** What the night has shown of both servers, for the header of the console. */
export class EndpointHealth {
  readonly #software: Record<Side, string> = { source: '', destination: '' };
  readonly #throttled: Record<Side, Instant> = { source: 0, destination: 0 };
  readonly #unreachable: Record<Side, Instant> = { source: 0, destination: 0 };

  /** A login succeeded. @param software  what the server calls itself, as it came */
  reached(side: Side, software: string): void {
    this.#software[side] = sanitise(software, 80);
    this.#unreachable[side] = 0;
  }

  /** @param until  when the mailbox that met this tries again */
  failed({ side, verdict }: PassFailure, until: Instant): void {
    // What one mailbox is told says nothing of its server.
    if (verdict.scope !== 'endpoint') return;
    const met = verdict.kind === 'throttled' ? this.#throttled : this.#unreachable;
    met[side] = Math.max(met[side], until);
  }

  entities(
    now: Instant,
    given: Readonly<Record<Side, Pick<EndpointEntity, 'name' | 'connections' | 'allowed' | 'circuit'>>>,
  ): Record<Side, EndpointEntity> {
    const [source, destination] = SIDES.map((side) => ({
      ...given[side],
      software: this.#software[side],
      throttledUntil: later(this.#throttled[side], now),
      unreachableUntil: later(this.#unreachable[side], now),
    }));
    return { source: source!, destination: destination! };
  }
}

/** An instant that is still to come, or null. */
const later = (at: Instant, now: Instant) => (at > now ? at : null);
