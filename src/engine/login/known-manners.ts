import { type EndpointKey, type Located, PerEndpoint } from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import { type Flights, FlowDoubts, type StoodFate } from '../imap/connection/flow-doubts.js';
import { type Manners, ORDINARY_MANNERS } from '../profiles/manners.js';

/** The manners of one server, as far as they are known. */
interface Known {
  manners: Manners;
  readonly doubts: FlowDoubts;
}

/** How the servers of a batch want to be spoken to: by their profiles, then learned by one mailbox and good for all. */
export class KnownManners {
  readonly #all: PerEndpoint<Known>;

  /** @param before  by profile */
  constructor(before: (side: Side, key: EndpointKey) => Manners = () => ORDINARY_MANNERS) {
    this.#all = new PerEndpoint((side, key) => ({ manners: before(side, key), doubts: new FlowDoubts() }));
  }

  of(side: Side, row: Located): Manners {
    const { manners, doubts } = this.#all.of(side, row);
    return doubts.onTrial ? { ...manners, flow: 'one at a time' } : manners;
  }

  flightsOf(side: Side, row: Located): Flights {
    return this.#all.of(side, row).doubts.flights;
  }

  /** @param now  milliseconds of a clock that never jumps. @returns whether it is news that it serves one at a time */
  hears(side: Side, row: Located, stood: StoodFate, now: number): boolean {
    const { doubts } = this.#all.of(side, row);
    switch (stood.kind) {
      case 'served':
        doubts.served(stood.behind);
        return false;
      case 'lost':
        doubts.lost(stood.places, stood.folder, stood.opened, now);
        return false;
      case 'served alone':
        return (
          doubts.servedAlone(stood.name, stood.behind, stood.folder) && this.learn(side, row, { flow: 'one at a time' })
        );
      case 'unanswered':
        doubts.unanswered(stood.names);
        return false;
      case 'slow alone':
        doubts.slowAlone();
        return false;
      case 'lost alone':
        doubts.lostAlone();
        return false;
    }
  }

  /** @returns whether it is news */
  learn(side: Side, row: Located, learned: Partial<Manners>): boolean {
    const known = this.#all.of(side, row);
    const before = known.manners;
    const now = { ...before, ...learned };
    known.manners = now;
    return now.flow !== before.flow || now.introduces !== before.introduces;
  }
}
