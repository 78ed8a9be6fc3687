import type { ListedFolder } from '../../imap/grammar/layout.js';
import type { How } from './folder-target.js';
import type { Role } from './special-use.js';

export interface FolderPair {
  readonly source: ListedFolder;
  readonly destination: { readonly wire: string; readonly name: string };
  /** Whether the folder exists and can be opened. */
  readonly exists: boolean;
  /**
   * Wire names to CREATE before the folder can be used, parents first. Another pair may name the same parent, so
   * "exists already" is no failure.
   */
  readonly create: readonly string[];
  /** The special-use attribute for CREATE, where the destination takes one and no folder there has it yet. */
  readonly use: Role | null;
  /** Whether it is subscribed at the source, and not yet at the destination. */
  readonly subscribe: boolean;
  /** False: it is a parent without mail of its own. It is made, and never opened. */
  readonly selectable: boolean;
  readonly how: How;
  /** Whether other folders go into the same one, or may do so. They are copied one after the other. */
  readonly shared: boolean;
}
