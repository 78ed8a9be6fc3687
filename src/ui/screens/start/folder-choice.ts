import { plural, showCount } from '../../../words/units.js';
import type { FolderSeen, MoveScope } from './services.js';

/** The folders that the operator chose from the list; null: all that are usually copied. */
export type FolderChoice = MoveScope['chosen'];

/** Paths that are ticked as the list is opened. */
export function tickedBy(choice: FolderChoice, folders: readonly FolderSeen[]): ReadonlySet<string> {
  if (choice?.kind === 'only') return new Set(choice.paths);
  const without = new Set(choice?.paths ?? []);
  return new Set(folders.flatMap(({ path, isUsual }) => (isUsual && !without.has(path) ? [path] : [])));
}

/** The choice that a set of ticks means. Where few are left out these are named: a folder that is made later is copied then. */
export function choiceOf(ticked: ReadonlySet<string>, folders: readonly FolderSeen[]): FolderChoice {
  const usual = folders.filter(({ isUsual }) => isUsual);
  const left = usual.filter(({ path }) => !ticked.has(path));
  const isMore = folders.some(({ path, isUsual }) => !isUsual && ticked.has(path));
  if (!isMore && left.length === 0) return null;
  if (!isMore && left.length <= usual.length / 2) return { kind: 'without', paths: left.map(({ path }) => path) };
  return { kind: 'only', paths: folders.flatMap(({ path }) => (ticked.has(path) ? [path] : [])) };
}

/** `all 14 folders`, `3 of 14 folders`: the label of the button. */
export function choiceText(choice: FolderChoice, folders: readonly FolderSeen[]): string {
  const ticked = tickedBy(choice, folders).size;
  const all = folders.filter(({ isUsual }) => isUsual).length;
  return choice === null
    ? `all ${plural(all, 'folder')}`
    : `${showCount(ticked)} of ${plural(folders.length, 'folder')}`;
}
