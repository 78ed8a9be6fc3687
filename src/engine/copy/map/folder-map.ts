import type { WhyLeftOut } from '../../../words/left-out.js';
import { isInbox, isSelectable, type ListedFolder, type SideLayout } from '../../imap/grammar/layout.js';
import { decodeModifiedUtf7 } from '../../imap/grammar/modified-utf7.js';
import { archiveMove, withArchive } from './all-mail.js';
import { DestinationNames, type Place } from './destination-names.js';
import { FolderClaims } from './folder-claims.js';
import { type Collision, caseClashes, collisionsOf, parentsAmong } from './folder-collisions.js';
import { folderFilter } from './folder-filter.js';
import { holdsNoMail, isForeign, pathInMailbox, readRoot, whyLeftOut } from './folder-left-out.js';
import { possiblyOne } from './folder-likeness.js';
import { display, type FolderPath, type Located, OPERATORS_NOTATION, readPath } from './folder-names.js';
import type { FolderPair } from './folder-pair.js';
import { operatorMoves, roleMoves, targetOf } from './folder-target.js';
import type { FolderWarning } from './folder-warnings.js';
import { isView, roleByAttribute, roleHolders } from './special-use.js';

export type { SideLayout } from '../../imap/grammar/layout.js';

export interface MapOptions {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly map: readonly { readonly from: string; readonly to: string }[];
  readonly folderPrefix: string | null;
  readonly includeShared: boolean;
  readonly userRoot: string | null;
}

export interface FolderLeftOut {
  readonly name: string;
  readonly why: WhyLeftOut;
}

export interface FolderMap {
  /** INBOX first, then the order of the source's list. */
  readonly pairs: readonly FolderPair[];
  readonly leftOut: readonly FolderLeftOut[];
  readonly collisions: readonly Collision[];
  readonly warnings: readonly FolderWarning[];
}

/**
 * Says for each folder of the source where its mail goes. Pure and total: each folder is in exactly one pair
 * or left out with a reason. The same layouts give the same map.
 *
 * @param former  where folders went in earlier passes, by names as people read them: a folder that is still there keeps
 *                its mail, whatever the server renamed or marked since
 * @throws BadInput  for a glob that cannot be read
 */
export function mapFolders(
  source: SideLayout,
  destination: SideLayout,
  options: MapOptions,
  former: ReadonlyMap<string, string> = new Map(),
): FolderMap {
  const { located, leftOut, warnings } = choose(source, options);
  const prefix = options.folderPrefix ? readPath(options.folderPrefix, OPERATORS_NOTATION) : null;
  const names = new DestinationNames(destination);
  const byOperator = operatorMoves(options.map, source);
  const claims = new FolderClaims(located, byOperator, destination);
  const own = withArchive(roleHolders(located), source, located);
  const there = locatedAt(destination);
  const taken = withArchive(
    roleHolders(there, ({ name }) => claims.covers(name)),
    destination,
    there,
  );
  const standsThere = (path: FolderPath) => {
    const folder = names.at(path);
    return (folder !== undefined && !isForeign(folder, destination)) || claims.coversFor(path);
  };
  const byRole = prefix === null ? [...archiveMove(source, located, taken), ...roleMoves(own, taken, standsThere)] : [];
  const moves = [...byOperator, ...byRole];

  const notForMail = wiresWithoutMail(destination);
  const all = located.map(({ folder, path }): FolderPair => {
    const target = targetOf(path, moves, prefix);
    const selectable = isSelectable(folder);
    const place = names.formerPlace(former.get(folder.name)) ?? names.place(target, selectable);
    warnings.push(...warningsOf(folder, place, source));
    if (notForMail.has(place.wire))
      warnings.push({ kind: 'no-mail-there', source: folder.name, destination: place.name });
    const role = roleByAttribute(folder);
    const asked = role !== null && target.how === 'name' && prefix === null && own.get(role)?.at.folder === folder;
    return {
      source: folder,
      destination: { wire: place.wire, name: place.name },
      exists: place.exists,
      create: place.create,
      use: asked && !taken.has(role) && !place.exists && destination.specialUseOnCreate ? role : null,
      subscribe: folder.subscribed && !place.subscribed,
      selectable,
      how: target.how,
      shared: false,
    };
  });

  return mapOf(all, { leftOut, warnings }, destination);
}

/** The map of these pairs, without names that hold no mail, and with the facts that pairs share. */
function mapOf(
  all: readonly FolderPair[],
  { leftOut, warnings }: Pick<ReturnType<typeof choose>, 'leftOut' | 'warnings'>,
  destination: SideLayout,
): FolderMap {
  const isParent = parentsAmong(all, destination.delimiter);
  const pairs = all.filter((pair) => pair.selectable || isParent(pair));
  const going = new Set(pairs);
  const barren = all.filter((pair) => !going.has(pair));
  const collisions = collisionsOf(pairs);
  const shared = new Set([...collisions.flatMap(({ pairs: merged }) => merged), ...possiblyOne(pairs)]);
  return {
    pairs: pairs.map((pair) => ({ ...pair, shared: shared.has(pair) })),
    leftOut: [...leftOut, ...barren.map(({ source: { name } }) => ({ name, why: 'no folder' as const }))],
    collisions,
    warnings: [
      ...warnings,
      ...collisions.map(
        ({ destination: name, sources }): FolderWarning => ({ kind: 'merged', destination: name, sources }),
      ),
      ...caseClashes(pairs, destination).map((destinations): FolderWarning => ({ kind: 'case-clash', destinations })),
    ],
  };
}

function choose(source: SideLayout, options: MapOptions) {
  const root = options.userRoot === null ? null : readRoot(options.userRoot, source);
  const rules = {
    include: options.include.length === 0 ? null : folderFilter('--include', options.include),
    exclude: folderFilter('--exclude', options.exclude),
    includeShared: options.includeShared,
    root,
  };
  const located: Located[] = [];
  const leftOut: FolderLeftOut[] = [];
  for (const folder of inboxFirst(source.folders)) {
    const path = pathInMailbox(folder, source, root);
    const why = path === null ? null : whyLeftOut({ folder, path }, source, rules);
    if (path === null) leftOut.push({ name: folder.name, why: 'outside of the user root' });
    else if (why !== null) leftOut.push({ name: folder.name, why });
    else located.push({ folder, path });
  }
  const warnings: FolderWarning[] =
    root !== null && located.length === 0 ? [{ kind: 'empty-root', root: display(root) }] : [];
  return { located, leftOut, warnings };
}

/** A folder listed twice is one folder. The server’s own spelling of INBOX comes first. */
function inboxFirst(folders: readonly ListedFolder[]): ListedFolder[] {
  const unique = new Map<string, ListedFolder>();
  for (const folder of folders) if (!unique.has(folder.wire)) unique.set(folder.wire, folder);
  const rank = ({ name }: ListedFolder) => (name === 'INBOX' ? 2 : isInbox(name) ? 1 : 0);
  return [...unique.values()].sort((a, b) => rank(b) - rank(a));
}

function warningsOf(folder: ListedFolder, place: Place, source: SideLayout): FolderWarning[] {
  const found: FolderWarning[] = [];
  if (!place.exact) found.push({ kind: 'renamed', source: folder.name, destination: place.name });
  if (place.barredBy !== null) found.push({ kind: 'no-inferiors', destination: place.name, parent: place.barredBy });
  if (isView(folder) && source.foldersAre === 'places') found.push({ kind: 'view', source: folder.name });
  if (!source.utf8 && decodeModifiedUtf7(folder.wire) === null)
    found.push({ kind: 'unreadable-name', source: folder.name });
  return found;
}

/** Wire names of folders that hold calendars and the like: mail that is put into one is not shown as mail. */
function wiresWithoutMail(layout: SideLayout): ReadonlySet<string> {
  const there = locatedAt(layout).filter(({ folder, path }) => holdsNoMail(folder, path, layout));
  return new Set(there.map(({ folder }) => folder.wire));
}

/** The destination's own folders; shared ones are never written to by their role. */
function locatedAt(layout: SideLayout): Located[] {
  return layout.folders
    .filter((folder) => !isForeign(folder, layout))
    .map((folder) => ({ folder, path: readPath(folder.name, { prefix: layout.prefix, delimiter: folder.delimiter }) }));
}
