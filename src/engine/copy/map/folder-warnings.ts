/** Warnings about a mapping that an operator should see before the night. Names are as people read them. */
export type FolderWarning =
  | { readonly kind: 'renamed'; readonly source: string; readonly destination: string }
  | { readonly kind: 'merged'; readonly sources: readonly string[]; readonly destination: string }
  | { readonly kind: 'case-clash'; readonly destinations: readonly string[] }
  | { readonly kind: 'view'; readonly source: string }
  | { readonly kind: 'unreadable-name'; readonly source: string }
  | { readonly kind: 'no-inferiors'; readonly destination: string; readonly parent: string }
  | { readonly kind: 'no-mail-there'; readonly source: string; readonly destination: string }
  | { readonly kind: 'empty-root'; readonly root: string };

/** One line for the log and for preflight. Names come from servers: sanitise before showing. */
export function warningText(warning: FolderWarning): string {
  switch (warning.kind) {
    case 'renamed':
      return `${warning.source} cannot be written so at the destination: it becomes ${warning.destination}`;
    case 'merged':
      return `${warning.sources.join(' and ')} go into one folder, ${warning.destination}`;
    case 'case-clash':
      return `${warning.destinations.join(' and ')} differ in case only: a destination that takes them for one will mix them`;
    case 'view':
      return `${warning.source} shows messages of other folders: they arrive there too; --exclude leaves it out`;
    case 'unreadable-name':
      return `${warning.source} is no legal modified UTF-7: it is named as the source writes it`;
    case 'no-inferiors':
      return `${warning.destination} cannot be made: the destination allows no folders below ${warning.parent}; --map it elsewhere`;
    case 'no-mail-there':
      return `${warning.source} goes into ${warning.destination}, which holds no mail at the destination and may not show it: --map it elsewhere`;
    case 'empty-root':
      return `no folder lies below the user root ${warning.root}`;
  }
}
