import type { Verdict } from '../../words/verdict.js';
import type { UnreadableRow } from '../names/list-row.js';

/** What the engine finds out itself about the names of folders: the text and the verdict are ours. */
export interface FolderFinding {
  readonly response: string;
  readonly verdict: Verdict;
}

/** Rows that stand in the text of one entry; the log has them all. */
const MOST_ROWS = 5;
const LONGEST_ROW = 200;

/** Rows of LIST or LSUB that could not be read, as one open failure that holds the rows themselves. */
export function unreadableRows(rows: readonly UnreadableRow[]): FolderFinding {
  const some = rows.slice(0, MOST_ROWS).map(({ row, why }) => `${cut(row)} (${why})`);
  const more = rows.length > MOST_ROWS ? `; and ${rows.length - MOST_ROWS} more, which the log has` : '';
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`;
  return finding(
    `${count} of the folder list could not be read: ${some.join('; ')}${more}`,
    'engine:unreadable-row',
    'A folder that this row names is not copied. Rename that folder at the source to a plain name and resume, or show the row to the source’s provider.',
  );
}

function finding(response: string, rule: string, advice: string): FolderFinding {
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
      reason: `found by Nightferry: ${response.slice(0, 300)}`,
    },
  };
}

const cut = (text: string) => (text.length > LONGEST_ROW ? `${text.slice(0, LONGEST_ROW)}…` : text);
