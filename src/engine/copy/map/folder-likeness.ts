import type { ListedFolder } from '../../imap/grammar/layout.js';
import type { FolderPair } from './folder-pair.js';

/** How the name of a folder differs that came back after CREATE. */
export type Likeness = 'composed' | 'trimmed' | 'case' | 'letters' | 'replaced' | 'cut';

type Named = Pick<ListedFolder, 'wire' | 'name'>;

/** Likenesses, the most credible first, for several names that could be the one that was asked for. */
const LIKENESSES: readonly Likeness[] = ['composed', 'trimmed', 'case', 'letters', 'replaced', 'cut'];
/** The shortest part of a cut name that is still a likeness. */
const SHORTEST_CUT = 16;
/** Bytes of a name above which servers are known to cut it. */
const LONG = 60;

/**
 * Whether a server is likely to keep a name as it is: words of ASCII with single blanks, dots or dashes inside. All
 * others are looked at once they are made.
 */
export function isPlainName(name: string, delimiter: string | null): boolean {
  const levels = delimiter === null ? [name] : name.split(delimiter);
  return name.length < LONG && levels.every((level) => /^[A-Za-z0-9[\]]+(?:[ ._-][A-Za-z0-9[\]]+)*$/.test(level));
}

/** How one name could have become the other; null: it could not. */
export function likenessOf(wanted: Named, shown: Named): Likeness | null {
  if (wanted.name === shown.name) return null;
  // Modified UTF-7 that a server takes for letters is listed with `&-` for each `&`.
  if (shown.wire === wanted.wire.replaceAll('&', '&-')) return 'letters';
  if (composed(wanted.name) === composed(shown.name)) return 'composed';
  if (trimmed(wanted.name) === trimmed(shown.name)) return 'trimmed';
  if (trimmed(wanted.name).toLowerCase() === trimmed(shown.name).toLowerCase()) return 'case';
  if (skeleton(wanted.name) === skeleton(shown.name) && skeleton(wanted.name).length > 2) return 'replaced';
  const isCut = shown.wire.length >= SHORTEST_CUT && wanted.wire.startsWith(shown.wire);
  return isCut ? 'cut' : null;
}

/** A folder that came back under another name than it was made with. */
export interface CameBack {
  readonly as: ListedFolder;
  readonly how: Likeness;
}

/**
 * Finds the folder that was made among those that are listed now.
 *
 * @param before  wire names that were listed before anything was made
 * @returns null where no name is like the one that was asked for
 */
export function cameBackAs(
  wanted: Named,
  listed: readonly ListedFolder[],
  before: ReadonlySet<string>,
): CameBack | null {
  const found = listed.flatMap((as) => {
    const how = likenessOf(wanted, as);
    return how === null ? [] : [{ as, how }];
  });
  // A folder that was not there before was made now. Of two that are alike, the one in the same case is meant.
  const rank = ({ as, how }: CameBack) =>
    (before.has(as.wire) ? LIKENESSES.length : 0) + LIKENESSES.indexOf(how) + (isInOneCase(wanted, as) ? 0 : 0.5);
  const [best] = found.sort((a, b) => rank(a) - rank(b));
  return best ?? null;
}

/** Pairs whose destinations a server may take for one. They are copied one after the other. */
export function possiblyOne(pairs: readonly FolderPair[]): ReadonlySet<FolderPair> {
  const groups = new Map<string, FolderPair[]>();
  for (const pair of pairs) {
    if (!pair.selectable) continue;
    const key = trimmed(composed(pair.destination.name)).toLowerCase().slice(0, LONG);
    const group = groups.get(key);
    if (group) group.push(pair);
    else groups.set(key, [pair]);
  }
  return new Set([...groups.values()].filter(({ length }) => length > 1).flat());
}

const composed = (name: string) => name.normalize('NFC');

/** A name without blanks around its levels. A blank is no server's delimiter. */
const trimmed = (name: string) => composed(name).replace(/(^|[/.|\\])\s+|\s+(?=$|[/.|\\])/g, '$1');

const letters = (name: string) => composed(name).replace(/[^\p{L}\p{N}]+/gu, '');

/** The letters and digits of a name, for servers that replace other characters. */
const skeleton = (name: string) => letters(name).toLowerCase();

const isInOneCase = (one: Named, other: Named) => letters(one.name) === letters(other.name);
