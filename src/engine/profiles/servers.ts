import type { Batch } from '../../store/batch/batch.js';
import type { Side } from '../../words/side.js';
import { expectedServer } from './find.js';
import type { KnownServer } from './profile.js';

/** The two servers of a batch as far as they are known: by their hosts, then by what they said. */
export class Servers {
  readonly #known: Record<Side, KnownServer>;
  readonly #seen = new Set<Side>();

  constructor({ source, destination }: Pick<Batch, Side>) {
    this.#known = { source: expectedServer(source), destination: expectedServer(destination) };
  }

  of(side: Side): KnownServer {
    return this.#known[side];
  }

  /** A session has shown it. @returns whether it is the first one */
  shown(side: Side, known: KnownServer): boolean {
    const isFirst = !this.#seen.has(side);
    this.#seen.add(side);
    this.#known[side] = known;
    return isFirst;
  }
}
