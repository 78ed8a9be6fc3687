/** How the folders of all accounts of a server are named and numbered. */
export interface Layout {
  readonly delimiter: string;
  /** Personal namespace: '' or 'INBOX.'. */
  readonly prefix: string;
  readonly others: readonly string[];
  readonly shared: readonly string[];
  /** Folders that each account has from the start: name without prefix -> special-use attribute. */
  readonly specialFolders: Readonly<Record<string, string>>;
  /** `by label`: as Gmail does, a message is stored once and shown in the folder of each of its labels. */
  readonly messages: 'by folder' | 'by label';
  readonly newUidValidity: () => number;
  readonly now: () => number;
}

/** The prefixes of all namespaces, the personal one first. */
export function prefixes(layout: Layout): readonly string[] {
  return [layout.prefix, ...layout.others, ...layout.shared];
}
