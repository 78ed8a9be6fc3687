import type { KnownServer } from '../../profiles/profile.js';

/** One folder, as LIST and LSUB told it. */
export interface ListedFolder {
  /** The name's bytes, one character each, to send back to this server: modified UTF-7, or UTF-8 where the layout says so. */
  readonly wire: string;
  /** The name as a person reads it. */
  readonly name: string;
  /** Null for a flat name. */
  readonly delimiter: string | null;
  /** As the server sent them, in any case: Cyrus lists `\sent`. */
  readonly attributes: readonly string[];
  readonly subscribed: boolean;
}

/** Everything about a server that the mapping of folders needs. */
export interface SideLayout {
  readonly folders: readonly ListedFolder[];
  /** Prefix of the personal namespace (RFC 2342), e.g. `INBOX.`, or empty. */
  readonly prefix: string;
  readonly delimiter: string | null;
  /** Prefixes of other users' and shared namespaces. May hold the empty one (Cyrus). */
  readonly otherPrefixes: readonly string[];
  /** Whether CREATE takes `(USE (\Sent))` (RFC 6154, CREATE-SPECIAL-USE). */
  readonly specialUseOnCreate: boolean;
  /** `labels`: each folder shows the messages that have its label, and a message has several (Gmail, X-GM-EXT-1). */
  readonly foldersAre: 'places' | 'labels';
  /** Whether names travel as UTF-8: UTF8=ACCEPT was enabled, or the server speaks IMAP4rev2 (RFC 6855, RFC 9051). */
  readonly utf8: boolean;
  /** The server by its profile. */
  readonly known: Pick<KnownServer, 'name' | 'values'>;
}

/** INBOX is one folder in any case of its ASCII letters (RFC 9051 section 5.1): `ınbox` is another. */
export const isInbox = (name: string): boolean => /^inbox$/i.test(name);

/** Attributes are compared without regard to case (RFC 3501 section 9: flag-extension is an atom). */
export function hasAttribute(folder: Pick<ListedFolder, 'attributes'>, ...names: readonly string[]): boolean {
  return folder.attributes.some((have) => names.some((name) => name.toLowerCase() === have.toLowerCase()));
}

/** Whether a folder can be opened: it is neither `\Noselect` (RFC 3501) nor `\NonExistent` (RFC 5258). */
export function isSelectable(folder: Pick<ListedFolder, 'attributes'>): boolean {
  return !hasAttribute(folder, '\\Noselect', '\\NonExistent');
}
