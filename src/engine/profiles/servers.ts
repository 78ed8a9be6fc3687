import {
  type EndpointKey,
  type Endpoints,
  endpointAt,
  type Located,
  PerEndpoint,
} from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import { expectedServer } from './find.js';
import type { KnownServer } from './profile.js';

/** The servers of a batch as far as they are known: by their hosts, then by what they said. */
export class Servers {
  readonly #all: PerEndpoint<{ known: KnownServer; isSeen: boolean }>;

  constructor(batch: Endpoints) {
    this.#all = new PerEndpoint((side, key) => ({
      known: expectedServer(endpointAt(batch, side, key)),
      isSeen: false,
    }));
  }

  of(side: Side, key: EndpointKey): KnownServer {
    return this.#all.at(side, key).known;
  }

  /** A session has shown it. @returns whether it is the first one */
  shown(side: Side, row: Located, known: KnownServer): boolean {
    const server = this.#all.of(side, row);
    const isFirst = !server.isSeen;
    server.isSeen = true;
    server.known = known;
    return isFirst;
  }
}
