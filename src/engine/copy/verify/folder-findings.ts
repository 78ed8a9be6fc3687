import type { Advice } from '../../../words/advice/advice.js';
import type { Verdict } from '../../../words/verdict.js';
import type { UnreadableRow } from '../../listing/list-row.js';
import type { NameFailure } from '../../listing/listing.js';

/** A finding of the engine about the name of a folder: the text and the verdict are ours. */
export interface FolderFinding {
  readonly response: string;
  readonly verdict: Verdict;
}

/** The most rows in the text of one entry. The log has them all. */
const MOST_ROWS = 5;
const LONGEST_ROW = 200;

/** Rows of LIST or LSUB that could not be read, as one open failure that holds the rows themselves. */
export function unreadableRows(rows: readonly UnreadableRow[]): FolderFinding {
  const some = rows.slice(0, MOST_ROWS).map(({ row, why }) => `${cut(row)} (${why})`);
  const more = rows.length > MOST_ROWS ? `; and ${rows.length - MOST_ROWS} more, which the log has` : '';
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`;
  return finding(`${count} of the folder list could not be read: ${some.join('; ')}${more}`, 'engine:unreadable-row', {
    key: 'row unreadable',
  });
}

/** The answer to NAMESPACE (RFC 2342), with the row itself. Folders are told apart by what LIST says then. */
export function unreadableNamespace({ row, why }: UnreadableRow): FolderFinding {
  return finding(`the answer to NAMESPACE could not be read: ${cut(row)} (${why})`, 'engine:unreadable-namespace', {
    key: 'namespace unreadable',
  });
}

/** Advice about a name of the source that cannot be opened or listed. */
export function adviceFor({ name, beside }: NameFailure): Advice {
  if (name === null) return { key: 'other folders unknown' };
  if (beside.length > 0) return { key: 'inbox spelled twice', name, beside };
  return { key: 'folder not given' };
}

function finding(response: string, rule: string, advice: Advice): FolderFinding {
  return {
    response,
    verdict: {
      kind: 'folder',
      code: null,
      scope: 'folder',
      next: 'skip-folder',
      waitSeconds: 0,
      advice,
      rule,
      grounds: { key: 'found' },
    },
  };
}

const cut = (text: string) => (text.length > LONGEST_ROW ? `${text.slice(0, LONGEST_ROW)}…` : text);
