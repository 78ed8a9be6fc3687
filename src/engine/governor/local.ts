import type { PlanRow } from '../../store/batch/batch.js';
import { SIDES, type Side } from '../../words/side.js';
import { type CountedPermit, EndpointCounts, type GovernorParts, onTheWall } from './endpoint.js';
import type { Admission, Governor, Place, Standing } from './governor.js';

/** Counts for this process; each side by itself, also where both are one server. */
export class LocalGovernor implements Governor {
  readonly #sides: Readonly<Record<Side, EndpointCounts>>;
  #places = 0;

  constructor(private readonly parts: GovernorParts) {
    const endpoint = (side: Side) =>
      new EndpointCounts(side, parts, () => Math.min(parts.waiting(), Math.max(0, parts.concurrency() - this.#places)));
    this.#sides = { source: endpoint('source'), destination: endpoint('destination') };
  }

  admit(row: PlanRow, how: 'in turn' | 'by order'): Admission {
    const { clock } = this.parts;
    const now = clock.monotonic();
    for (const side of SIDES) {
      const bar = this.#sides[side].circuit.bars(now, how) ?? this.#sides[side].tries(row);
      if (bar) return { kind: 'wait', until: onTheWall(clock, bar.until), why: { ...bar.why, side } };
    }
    for (const side of SIDES) {
      const full = this.#sides[side].full(row);
      if (full) {
        const why = { key: 'endpoint full', side, connections: full.allowed(now) } as const;
        return { kind: 'wait', until: onTheWall(clock, full.raisedAt(now)), why };
      }
    }
    const first = {
      source: this.#sides.source.enter(row),
      destination: this.#sides.destination.enter(row),
    };
    this.#places++;
    return { kind: 'place', place: this.#place(row, first) };
  }

  look(row: PlanRow): (() => void) | null {
    return this.#sides.source.look(row);
  }

  standing(side: Side): Standing {
    const { address, circuit } = this.#sides[side];
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
      line: (side) => {
        if (given.has(side)) return this.#sides[side].extra(row);
        given.add(side);
        return first[side];
      },
      failed: (failure) => this.#sides[failure.side].failed(row, failure, first[failure.side]),
      leave: () => {
        if (!there) return;
        there = false;
        this.#places--;
        for (const side of SIDES) {
          if (!given.has(side)) first[side].closed();
          this.#sides[side].left(row);
        }
        this.parts.onRoom();
      },
    };
  }
}
