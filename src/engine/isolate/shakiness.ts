import type { Side } from '../../words/side.js';

/** Attempts for which a connection that ended for no reason of ours is remembered. */
const REMEMBERED = 8;

/**
 * Connections that ended while nobody had asked anything of a folder: at login, or idle. For some attempts, a drop
 * under a suspect's command may then be one of those. Counts in attempts: it has no clock.
 */
export class Shakiness {
  #attempts = 0;
  readonly #last: Record<Side, number> = { source: Number.NEGATIVE_INFINITY, destination: Number.NEGATIVE_INFINITY };

  attempt(): void {
    this.#attempts++;
  }

  dropped(side: Side): void {
    this.#last[side] = this.#attempts;
  }

  of(side: Side): 'steady' | 'shaky' {
    return this.#attempts - this.#last[side] <= REMEMBERED ? 'shaky' : 'steady';
  }
}
