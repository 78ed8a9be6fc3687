import type { MapOptions } from '../../../../src/engine/copy/map/folder-map.js';
import type { ListedFolder, SideLayout } from '../../../../src/engine/imap/grammar/layout.js';
import { encodeModifiedUtf7, readFolderName } from '../../../../src/engine/imap/grammar/modified-utf7.js';
import { UNKNOWN_SERVER } from '../../../support/known-servers.js';

export const DEFAULTS: MapOptions = {
  include: [],
  exclude: [],
  map: [],
  folderPrefix: null,
  includeShared: false,
  userRoot: null,
};

type Said = Partial<Omit<SideLayout, 'folders'>>;

/**
 * A side in one line: `aSide('/', 'INBOX', 'Sent \\Sent')`. What follows a name from the first backslash on are its attributes;
 * `+` in front subscribes. Names are as people read them, or raw from `~` on.
 */
export function aSide(delimiter: string | null, said: Said, ...lines: readonly string[]): SideLayout {
  const folders = lines.map((line): ListedFolder => {
    const [, plus, raw, text, attributes] = /^(\+?)(~?)(.*?)((?: \\[A-Za-z]+)*)$/.exec(line) ?? [];
    const wire = raw ? (text ?? '') : encodeModifiedUtf7(text ?? '');
    return {
      wire,
      name: readFolderName(wire, false),
      delimiter,
      attributes: (attributes ?? '').split(' ').filter((part) => part !== ''),
      subscribed: plus === '+',
    };
  });
  return {
    folders,
    prefix: '',
    delimiter,
    otherPrefixes: [],
    specialUseOnCreate: false,
    foldersAre: 'places',
    utf8: false,
    known: UNKNOWN_SERVER,
    ...said,
  };
}
