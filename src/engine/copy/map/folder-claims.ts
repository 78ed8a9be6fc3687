import { isSelectable, type SideLayout } from '../../imap/grammar/layout.js';
import { below, type FolderPath, type Located, parentsOf, writePath } from './folder-names.js';
import { type Move, targetOf } from './folder-target.js';

/**
 * Names that the source's folders have at the destination where no role moves them: their own, or what an operator
 * chose. A pass makes folders of these names, so no role may be decided by whether they are there yet: the second
 * pass would put the mail elsewhere than the first, once more.
 */
export class FolderClaims {
  readonly #layout: SideLayout;
  /** The source folders that claim a name at the destination, by that name. They claim the names above it, too. */
  readonly #claims = new Map<string, FolderPath[]>();

  /** @param moves  the operator's */
  constructor(located: readonly Located[], moves: readonly Move[], layout: SideLayout) {
    this.#layout = layout;
    for (const { folder, path } of located) {
      if (!isSelectable(folder)) continue;
      const target = targetOf(path, moves, null).path;
      for (const name of new Set([writePath(target, layout).name, ...parentsOf(target, layout)].map(composed))) {
        const claims = this.#claims.get(name);
        if (claims) claims.push(path);
        else this.#claims.set(name, [path]);
      }
    }
  }

  /** Whether a folder of the source goes to this name. */
  covers(name: string): boolean {
    return this.#claims.has(composed(name));
  }

  /** Whether a folder that is neither this nor below it goes where this one would go by its name. */
  coversFor(path: FolderPath): boolean {
    const name = composed(writePath(path, this.#layout).name);
    return (this.#claims.get(name) ?? []).some((by) => below(by, path) === null);
  }
}

/** A name with composed accents. Two ways to compose an accent make one folder. */
function composed(name: string): string {
  return name.normalize('NFC');
}
