import {
  type FolderMap,
  type MapOptions,
  mapFolders,
  type SideLayout,
} from '../../../../src/engine/copy/map/folder-map.js';
import { aSide, DEFAULTS } from './layouts.js';

export const EMPTY = aSide('/', {}, 'INBOX');

export const map = (source: SideLayout, destination: SideLayout, options: Partial<MapOptions> = {}) =>
  mapFolders(source, destination, { ...DEFAULTS, ...options });

export const where = (mapped: FolderMap) =>
  Object.fromEntries(mapped.pairs.map((pair) => [pair.source.name, pair.destination.name]));

export const pair = (mapped: FolderMap, name: string) => mapped.pairs.find(({ source }) => source.name === name);
