import { type Endpoints, endpointAt, endpointKeys, PerEndpoint } from '../../../store/batch/endpoints.js';
import { SIDES } from '../../../words/side.js';
import type { Load } from '../load.js';
import { shareOf } from './line-share.js';

/** A mailbox at work, as its endpoints' rates see it. */
interface Mover {
  readonly course: { readonly load: Load };
  readonly phase: { readonly wants: number };
  speed: number;
}

/** Whether an operator caps what an endpoint moves in a second. */
export function hasRate(batch: Endpoints): boolean {
  return SIDES.some((side) =>
    endpointKeys(batch, side).some((key) => endpointAt(batch, side, key).limits.rate !== null),
  );
}

/** The bytes a second that an operator lets endpoints have (`--rate`), shared by the mailboxes at work. */
export class RateCaps {
  /** Bytes a millisecond; infinite: no cap. */
  readonly #most: PerEndpoint<{ readonly most: number; readonly movers: Mover[] }>;
  readonly #isAny: boolean;

  constructor(batch: Endpoints) {
    this.#isAny = hasRate(batch);
    this.#most = new PerEndpoint((side, key) => {
      const { rate } = endpointAt(batch, side, key).limits;
      return { most: rate === null ? Number.POSITIVE_INFINITY : rate / 1000, movers: [] };
    });
  }

  /** Gives each mailbox its part of its full speed. */
  share(movers: readonly Mover[]): void {
    for (const mover of movers) mover.speed = 1;
    if (!this.#isAny) return;
    for (const mover of movers)
      if (mover.phase.wants > 0)
        for (const side of SIDES) this.#most.of(side, mover.course.load.row).movers.push(mover);
    for (const { most, movers: here } of this.#most) {
      if (Number.isFinite(most)) {
        const shares = shareOf(
          here.map(({ phase }) => phase),
          most,
        );
        for (const [index, mover] of here.entries())
          mover.speed = Math.min(mover.speed, shares[index]! / mover.phase.wants);
      }
      here.length = 0;
    }
  }
}
