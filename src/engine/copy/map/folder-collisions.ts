import { isInbox, type SideLayout } from '../../imap/grammar/layout.js';
import type { FolderPair } from './folder-pair.js';

/** Several source folders that go into one. */
export interface Collision {
  /** By name, as people read it. */
  readonly destination: string;
  readonly sources: readonly string[];
  readonly pairs: readonly FolderPair[];
}

export function collisionsOf(pairs: readonly FolderPair[]): Collision[] {
  const groups = groupsOf(
    pairs.filter((pair) => pair.selectable),
    ({ destination }) => (isInbox(destination.name) ? 'INBOX' : destination.wire),
  );
  return groups
    .filter((group) => group.length > 1)
    .map((group) => ({
      destination: group[0]?.destination.name ?? '',
      sources: group.map(({ source }) => source.name),
      pairs: group,
    }));
}

/** Destination names, new and there already, that differ in case only. */
export function caseClashes(pairs: readonly FolderPair[], destination: SideLayout): string[][] {
  const used = new Set(pairs.map((pair) => pair.destination.name));
  const names = new Set([...used, ...destination.folders.map(({ name }) => name)]);
  const groups = groupsOf(
    [...names].filter((name) => !isInbox(name)),
    (name) => name.normalize('NFC').toLowerCase(),
  );
  return groups.filter((group) => group.length > 1 && group.some((name) => used.has(name)));
}

/** Tells of a pair whether something that is moved is below it at the destination. */
export function parentsAmong(pairs: readonly FolderPair[], delimiter: string | null): (pair: FolderPair) => boolean {
  const parents = new Set<string>();
  for (const { selectable, destination } of pairs) {
    if (!selectable || delimiter === null) continue;
    let end = destination.name.lastIndexOf(delimiter);
    // If a name is known, all names above it are.
    while (end > 0 && !parents.has(destination.name.slice(0, end))) {
      parents.add(destination.name.slice(0, end));
      end = destination.name.lastIndexOf(delimiter, end - 1);
    }
  }
  return ({ destination }) => parents.has(destination.name);
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
