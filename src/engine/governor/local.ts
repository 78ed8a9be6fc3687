import type { PlanRow } from '../../store/batch/batch.js';
import { type EndpointKey, PerEndpoint } from '../../store/batch/endpoints.js';
import { SIDES, type Side } from '../../words/side.js';
import { type CountedPermit, EndpointCounts, type GovernorParts, onTheWall } from './endpoint.js';
import type { Admission, Governor, Place, Standing } from './governor.js';

/**
 * Counts within this process. Each endpoint has counts of its own, and so has each side of one, even if both sides are
 * one server.
 */
export class LocalGovernor implements Governor {
  readonly #endpoints: PerEndpoint<EndpointCounts>;
  #places = 0;

  constructor(private readonly parts: GovernorParts) {
    const toCome = () => Math.min(parts.waiting(), Math.max(0, parts.concurrency() - this.#places));
    this.#endpoints = new PerEndpoint((side, key) => new EndpointCounts(side, key, parts, toCome));
  }

  admit(row: PlanRow, how: 'in turn' | 'by order'): Admission {
    const { clock } = this.parts;
    const now = clock.monotonic();
    for (const side of SIDES) {
      const endpoint = this.#endpoints.of(side, row);
      const bar = endpoint.circuit.bars(now, how) ?? endpoint.tries(row);
      if (bar) return { kind: 'wait', until: onTheWall(clock, bar.until), why: { ...bar.why, side } };
    }
    for (const side of SIDES) {
      const full = this.#endpoints.of(side, row).full(row);
      if (full) {
        const why = { key: 'endpoint full', side, connections: full.allowed(now) } as const;
        return { kind: 'wait', until: onTheWall(clock, full.raisedAt(now)), why };
      }
    }
    const first = {
      source: this.#endpoints.of('source', row).enter(row),
      destination: this.#endpoints.of('destination', row).enter(row),
    };
    this.#places++;
    return { kind: 'place', place: this.#place(row, first) };
  }

  look(row: PlanRow): (() => void) | null {
    return this.#endpoints.of('source', row).look(row);
  }

  standing(side: Side, key: EndpointKey): Standing {
    const { address, circuit } = this.#endpoints.at(side, key);
    const { state } = circuit;
    const { clock } = this.parts;
    return {
      allowed: address.allowed(clock.monotonic()),
      circuit: state.kind === 'closed' ? null : { until: onTheWall(clock, state.until), because: state.because },
    };
  }

  #place(row: PlanRow, first: Readonly<Record<Side, CountedPermit>>): Place {
    const given = new Set<Side>();
    let there = true;
    return {
      connection: (side) => {
        if (given.has(side)) return this.#endpoints.of(side, row).extra(row);
        given.add(side);
        return first[side];
      },
      instead: (side) => this.#endpoints.of(side, row).instead(row),
      failed: (failure) => this.#endpoints.of(failure.side, row).failed(row, failure, first[failure.side]),
      leave: () => {
        if (!there) return;
        there = false;
        this.#places--;
        for (const side of SIDES) {
          if (!given.has(side)) first[side].closed();
          this.#endpoints.of(side, row).left(row);
        }
        this.parts.onRoom();
      },
    };
  }
}
