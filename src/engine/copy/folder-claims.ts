import { isSelectable, type SideLayout } from '../imap/layout.js';
import { below, type FolderPath, type Located, parentsOf, writePath } from './folder-names.js';
import { type Move, targetOf } from './folder-target.js';

interface Claim {
  readonly by: FolderPath;
  /** Names at the destination: the folder's own, and those above it. */
  readonly names: ReadonlySet<string>;
}

/**
 * Names that the source's folders have at the destination where no role moves them: their own, or what an operator
 * chose. A pass makes folders of these names, so no role may be decided by whether they are there yet: the second
 * pass would put the mail elsewhere than the first, once more.
 */
export class FolderClaims {
  readonly #layout: SideLayout;
  readonly #claims: readonly Claim[];

  /** @param moves  the operator's */
  constructor(located: readonly Located[], moves: readonly Move[], layout: SideLayout) {
    this.#layout = layout;
    this.#claims = located
      .filter(({ folder }) => isSelectable(folder))
      .map(({ path }) => {
        const target = targetOf(path, moves, null).path;
        const names = [writePath(target, layout).name, ...parentsOf(target, layout)];
        return { by: path, names: new Set(names.map(composed)) };
      });
  }

  /** Whether a folder of the source goes to this name. */
  covers(name: string): boolean {
    return this.#claims.some(({ names }) => names.has(composed(name)));
  }

  /** Whether another folder, neither this nor below it, goes where this one would by its name. */
  coversFor(path: FolderPath): boolean {
    const name = composed(writePath(path, this.#layout).name);
    return this.#claims.some(({ by, names }) => names.has(name) && below(by, path) === null);
  }
}

/** Two ways to compose an accent make one folder. */
function composed(name: string): string {
  return name.normalize('NFC');
}
