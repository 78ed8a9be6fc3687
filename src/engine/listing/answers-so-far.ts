import type { FolderStatus } from '../imap/commands/status.js';
import type { NamedFolder } from './gather.js';
import type { ListRow, UnreadableRow } from './list-row.js';
import type { Namespaces } from './namespaces.js';

/** A name that a server gave and that nobody can open or list. */
export interface NameFailure {
  /** The folder, or the branch of the hierarchy, as a person reads it; null: the whole list. */
  readonly name: string | null;
  readonly command: string;
  readonly line: string;
  /** Other names that the server has for the same folder; none but for INBOX. */
  readonly beside: readonly string[];
}

/** A name that is no folder, and why. */
export interface AbsentName {
  readonly name: string;
  readonly why: string;
}

/** The server's statements about its folders so far. */
export interface AnswersSoFar {
  readonly rows: readonly (ListRow | UnreadableRow)[];
  readonly subscriptions: readonly (ListRow | UnreadableRow)[];
  readonly folders: readonly NamedFolder[];
  /** By wire name. */
  readonly statuses: Map<string, FolderStatus>;
  readonly namespaces: Namespaces;
  /** Null where it was read, or not asked for. */
  readonly unreadableNamespace: UnreadableRow | null;
  readonly failures: readonly NameFailure[];
  readonly absent: readonly AbsentName[];
  /** Oddities, in an operator's words. */
  readonly notes: readonly string[];
  /** `listed`: by LIST of everything; `walked`: level by level. */
  readonly how: 'listed' | 'walked';
}
