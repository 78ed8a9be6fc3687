import type { ListedFolder } from '../imap/grammar/layout.js';
import { hasAttribute, isInbox, isSelectable } from '../imap/grammar/layout.js';
import { readFolderName } from '../imap/grammar/modified-utf7.js';
import type { ListRow, UnreadableRow } from './list-row.js';

/** A folder that rows named, and how else its name may be meant. */
export interface NamedFolder extends ListedFolder {
  /** Other bytes that the name may have; to be tried where the server does not know the first ones. */
  readonly otherSpellings: readonly string[];
  /** Whether the server is to be asked under which spelling it knows the folder. */
  readonly spelling: 'certain' | 'guessed';
}

/** All that rows said. Every row is in `folders`, `empty`, or `unreadable`. */
export interface Gathered {
  /** In the order of their first rows. No two have one `wire`. */
  readonly folders: readonly NamedFolder[];
  /** Rows whose name is empty: the root of the hierarchy, which is no folder. */
  readonly empty: number;
  readonly unreadable: readonly UnreadableRow[];
  /** Oddities of readable rows, in an operator's words; each kind once with its first name. */
  readonly notes: readonly string[];
}

/**
 * Makes folders of the rows of LIST. A name that came twice is one folder where both rows spell it alike. Where
 * two rows with different text could mean one name, the odd one is taken at its next spelling: two rows never become
 * one in silence. Two names for INBOX in different case are two folders, until they are found to be one.
 *
 * @param subscribed  names of LSUB
 * @param utf8  names travel as UTF-8
 */
export function gatherFolders(
  rows: readonly (ListRow | UnreadableRow)[],
  subscribed: ReadonlySet<string>,
  utf8: boolean,
): Gathered {
  const readable = rows.filter((row) => row.kind !== 'unreadable');
  const named = new Map<string, ListRow[]>();
  const order = new Map<ListRow, string>();
  let empty = 0;
  // Names that are certain come first: an odd row must not take one of them.
  for (const row of readable.toSorted((a, b) => doubtOf(a) - doubtOf(b))) {
    const wire = nameFor(row, named);
    if (wire === '') empty++;
    else {
      order.set(row, wire);
      const same = named.get(wire);
      if (same) same.push(row);
      else named.set(wire, [row]);
    }
  }
  const inboxes = [...named.keys()].filter(isInbox);
  // One name for INBOX, in whatever case, is INBOX.
  const only = inboxes.length === 1 ? inboxes[0] : undefined;
  const folders = new Map<string, NamedFolder>();
  for (const row of readable) {
    const listed = order.get(row);
    if (listed === undefined || folders.has(listed)) continue;
    const wire = listed === only ? 'INBOX' : listed;
    const same = named.get(listed) ?? [row];
    const spellings = same.flatMap((each) => (isCertain(each) ? [listed] : each.spellings));
    const folder = asFolder(wire, same, utf8);
    folders.set(listed, {
      ...folder,
      subscribed: folder.subscribed || subscribed.has(wire) || subscribed.has(listed),
      otherSpellings: [...new Set(spellings)]
        .filter((other) => other !== wire && !named.has(other))
        .concat(wire === listed ? [] : [listed]),
      spelling: same.some(isCertain) ? 'certain' : 'guessed',
    });
  }
  const unreadable = rows.filter((row) => row.kind === 'unreadable');
  return { folders: [...folders.values()], empty, unreadable, notes: notesOf(readable) };
}

/** The grammar leaves one reading of the name only. */
function isCertain({ oddity, spellings }: ListRow): boolean {
  return oddity === null && spellings.length === 1;
}

function doubtOf(row: ListRow): number {
  return (row.oddity === null ? 0 : 1) + (isCertain(row) ? 0 : 1);
}

/** The first spelling that no other row has; that of the same row again; else the likeliest. */
function nameFor(row: ListRow, named: ReadonlyMap<string, readonly ListRow[]>): string {
  const [likeliest] = row.spellings;
  if (isCertain(row)) return likeliest;
  const again = (wire: string) => (named.get(wire) ?? []).some((other) => isSameName(row, other));
  return row.spellings.find((wire) => !named.has(wire) || again(wire)) ?? likeliest;
}

const isSameName = (one: ListRow, other: ListRow) =>
  one.oddity === other.oddity &&
  one.spellings.length === other.spellings.length &&
  one.spellings.every((wire, at) => wire === other.spellings[at]);

/** Makes one folder of several rows for a name: the row by which it can be opened counts. */
function asFolder(wire: string, rows: readonly ListRow[], utf8: boolean): ListedFolder {
  const opens = rows.filter(isSelectable);
  const attributes = [...new Set((opens.length > 0 ? opens : rows).flatMap((row) => row.attributes))];
  return {
    wire,
    name: readFolderName(wire, utf8),
    delimiter: rows.find((row) => row.delimiter !== null)?.delimiter ?? null,
    attributes,
    subscribed: rows.some((row) => hasAttribute(row, '\\Subscribed')),
  };
}

function notesOf(rows: readonly ListRow[]): string[] {
  const byOddity = new Map<string, ListRow[]>();
  for (const row of rows) {
    if (row.oddity === null) continue;
    const same = byOddity.get(row.oddity);
    if (same) same.push(row);
    else byOddity.set(row.oddity, [row]);
  }
  return [...byOddity].map(([oddity, [first, ...more]]) => {
    const others = more.length > 0 ? `, and ${more.length} more` : '';
    return `a row of ${first!.kind} breaks the rules of IMAP (${oddity}); it is read as ${readFolderName(first!.spellings[0], false)}${others}`;
  });
}
