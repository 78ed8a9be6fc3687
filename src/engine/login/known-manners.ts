import type { Side } from '../../words/side.js';
import { FlowDoubts, type StoodFate } from '../imap/connection/flow-doubts.js';
import { type Manners, ORDINARY_MANNERS } from '../profiles/manners.js';

/** How the two servers of a batch want to be spoken to: by their profiles, then learned by one mailbox and good for all. */
export class KnownManners {
  readonly #bySide: Record<Side, Manners>;
  readonly #doubts: Readonly<Record<Side, FlowDoubts>> = { source: new FlowDoubts(), destination: new FlowDoubts() };

  constructor(before: Readonly<Record<Side, Manners>> = { source: ORDINARY_MANNERS, destination: ORDINARY_MANNERS }) {
    this.#bySide = { ...before };
  }

  of(side: Side): Manners {
    const manners = this.#bySide[side];
    return this.#doubts[side].onTrial ? { ...manners, flow: 'one at a time' } : manners;
  }

  /** @param now  milliseconds of a clock that never jumps. @returns whether it is news that it serves one at a time */
  hears(side: Side, stood: StoodFate, now: number): boolean {
    const doubts = this.#doubts[side];
    switch (stood.kind) {
      case 'served':
        doubts.served(stood.behind);
        return false;
      case 'lost':
        doubts.lost(stood.places, stood.folder, stood.opened, now);
        return false;
      case 'served alone':
        return doubts.servedAlone(stood.behind, stood.folder) && this.learn(side, { flow: 'one at a time' });
      case 'lost alone':
        doubts.lostAlone();
        return false;
    }
  }

  /** @returns whether it is news */
  learn(side: Side, learned: Partial<Manners>): boolean {
    const before = this.#bySide[side];
    const now = { ...before, ...learned };
    this.#bySide[side] = now;
    return now.flow !== before.flow || now.introduces !== before.introduces;
  }
}
