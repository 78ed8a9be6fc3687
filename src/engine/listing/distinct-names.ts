import { writeFolderName } from '../imap/grammar/modified-utf7.js';
import type { NamedFolder } from './gather.js';

/**
 * Gives each folder a name of its own. Two folders may read alike and be two: one is written as RFC 3501 says, the
 * other in bare UTF-8, or with a bare `&`. All that is remembered of a folder goes by its name, so with one name the
 * second folder would pass for the first, and its mail for copied.
 *
 * @returns the folders in their order, and what is to be said of those that were called otherwise
 */
export function withDistinctNames(folders: readonly NamedFolder[]): {
  readonly folders: readonly NamedFolder[];
  readonly notes: readonly string[];
} {
  const byName = new Map<string, NamedFolder[]>();
  for (const folder of folders) byName.set(folder.name, [...(byName.get(folder.name) ?? []), folder]);
  if (byName.size === folders.length) return { folders, notes: [] };
  const called = new Map<NamedFolder, string>();
  const taken = new Set(byName.keys());
  for (const [name, same] of byName) {
    // The order of LIST may be another one in the next pass.
    const [, ...others] = same.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.wire < b.wire ? -1 : 1));
    for (const folder of others) {
      let count = 2;
      while (taken.has(`${name} (${count})`)) count++;
      const own = `${name} (${count})`;
      taken.add(own);
      called.set(folder, own);
    }
  }
  return {
    folders: folders.map((folder) => ({ ...folder, name: called.get(folder) ?? folder.name })),
    notes: [...called].map(
      ([{ name }, own]) =>
        `two folders are called ${name}, written in different bytes; one of them is called ${own} here`,
    ),
  };
}

/** The spelling of RFC 3501 keeps the name. */
function rankOf({ wire, name }: NamedFolder): number {
  return writeFolderName(name, false) === wire ? 0 : 1;
}
