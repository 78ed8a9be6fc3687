import type { FolderPair } from '../map/folder-pair.js';

/** `made`: its turn comes; `left`: it was entered as failed before. */
type Turn = 'made' | 'left';

/** Folders under whose CREATE a connection was lost: each is made alone, when all other work is done. By destination, for several may go into one. */
export class LateMaking {
  readonly #turns = new Map<string, { readonly came: Promise<Turn>; readonly comes: (turn: Turn) => void }>();

  has({ destination }: FolderPair): boolean {
    return this.#turns.has(destination.wire);
  }

  /** Resolves when its turn comes. */
  turnOf({ destination }: FolderPair): Promise<Turn> {
    const before = this.#turns.get(destination.wire);
    if (before) return before.came;
    let comes: (turn: Turn) => void = () => {};
    const came = new Promise<Turn>((resolve) => {
      comes = resolve;
    });
    this.#turns.set(destination.wire, { came, comes });
    return came;
  }

  comes({ destination }: FolderPair, turn: Turn): void {
    this.#turns.get(destination.wire)?.comes(turn);
  }

  /** Nothing else is left to be done. */
  restComes(): void {
    for (const { comes } of this.#turns.values()) comes('made');
  }
}
