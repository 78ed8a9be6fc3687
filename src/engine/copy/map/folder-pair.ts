import type { ListedFolder } from '../../imap/grammar/layout.js';
import type { How } from './folder-target.js';
import type { Role } from './special-use.js';

export interface FolderPair {
  readonly source: ListedFolder;
  readonly destination: { readonly wire: string; readonly name: string };
  /** It is there and can be opened. */
  readonly exists: boolean;
  /**
   * Wires to CREATE before it can be used, parents first. Another pair may name the same parent, so
   * that it "exists already" is good news.
   */
  readonly create: readonly string[];
  /** Special-use attribute to give on CREATE, where the destination takes one and no folder there has it yet. */
  readonly use: Role | null;
  /** Subscribed at the source, not yet at the destination. */
  readonly subscribe: boolean;
  /** False: a parent that holds no mail itself. It is made, never opened. */
  readonly selectable: boolean;
  readonly how: How;
  /** Other folders go into the same one, or may do so: they are copied one after the other. */
  readonly shared: boolean;
}
