import type { Side } from '../../words/side.js';
import { type Manners, ORDINARY } from '../imap/session/manners.js';

/** How the two servers of a batch want to be spoken to: learned by one mailbox, and good for all. */
export class KnownManners {
  readonly #bySide: Record<Side, Manners> = { source: ORDINARY, destination: ORDINARY };

  of(side: Side): Manners {
    return this.#bySide[side];
  }

  /** @returns whether it is news */
  learn(side: Side, learned: Partial<Manners>): boolean {
    const before = this.#bySide[side];
    const now = { ...before, ...learned };
    this.#bySide[side] = now;
    return now.flow !== before.flow || now.introduces !== before.introduces;
  }
}
