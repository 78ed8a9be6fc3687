import { BadInput } from '../../../words/bad-input.js';
import type { ListedFolder, SideLayout } from '../../imap/grammar/layout.js';
import { below, child, type FolderPath, OPERATORS_NOTATION, readPath } from './folder-names.js';
import { type Holder, ROLES, type Role } from './special-use.js';

/** How a folder's destination was found; children of a mapped folder follow it. */
export type How = 'inbox' | 'special-use' | 'well-known' | 'name' | 'map';

/** Where a source folder goes, before it is written in the destination's notation. */
export interface Target {
  readonly path: FolderPath;
  readonly how: How;
  /** The folder of the destination with the same role; null: the destination is found by name. */
  readonly folder: ListedFolder | null;
}

/** A folder and all below it go elsewhere. */
export interface Move {
  readonly from: FolderPath;
  readonly to: FolderPath;
  readonly how: How;
  readonly folder: ListedFolder | null;
}

/** `--map OLD=NEW`, in the operators' notation. OLD may be written with the source's prefix. @throws BadInput */
export function operatorMoves(
  map: readonly { readonly from: string; readonly to: string }[],
  source: SideLayout,
): Move[] {
  const prefix = source.prefix.split(source.delimiter ?? '/').join('/');
  return map.map(({ from, to }) => {
    if (from === '' || to === '')
      throw new BadInput(`--map '${from}=${to}': give both names, as in --map Old=Archive/Old`);
    return {
      from: readPath(from, { prefix, delimiter: '/' }),
      to: readPath(to, OPERATORS_NOTATION),
      how: 'map',
      folder: null,
    };
  });
}

/**
 * A role that both sides have a folder for. Where a name alone decided on a side, a folder of the very same name wins.
 *
 * @param standsThere  whether the destination holds a path, or will, under the name that it is written with there
 */
export function roleMoves(
  source: ReadonlyMap<Role, Holder>,
  destination: ReadonlyMap<Role, Holder>,
  standsThere: (path: FolderPath) => boolean,
): Move[] {
  return ROLES.flatMap((role): Move[] => {
    const [from, to] = [source.get(role), destination.get(role)];
    if (from === undefined || to === undefined) return [];
    const certain = from.by === 'attribute' && to.by === 'attribute';
    if (!certain && standsThere(from.at.path)) return [];
    return [{ from: from.at.path, to: to.at.path, how: certain ? 'special-use' : 'well-known', folder: to.at.folder }];
  });
}

/**
 * @param moves   the operators' first; the longest `from` above a folder decides, an operator's before a role
 * @param prefix  everything, INBOX too, goes below it
 */
export function targetOf(path: FolderPath, moves: readonly Move[], prefix: FolderPath | null): Target {
  const applying = moves.filter((move) => below(path, move.from) !== null);
  const [move] = [...applying].sort(
    (a, b) => Number(b.how === 'map') - Number(a.how === 'map') || b.from.parts.length - a.from.parts.length,
  );
  const rest = move === undefined ? [] : (below(path, move.from) ?? []);
  const to = move === undefined ? path : child(move.to, rest);
  const how = move?.how ?? (path.inbox && path.parts.length === 0 ? 'inbox' : 'name');
  const folder = move !== undefined && rest.length === 0 && prefix === null ? move.folder : null;
  if (prefix === null) return { path: to, how, folder };
  return {
    path: child(prefix, [...(to.inbox ? ['INBOX'] : []), ...to.parts]),
    how: how === 'inbox' ? 'name' : how,
    folder,
  };
}
