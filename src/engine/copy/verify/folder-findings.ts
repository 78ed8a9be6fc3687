import type { Verdict } from '../../../words/verdict.js';
import type { UnreadableRow } from '../../listing/list-row.js';
import type { NameFailure } from '../../listing/listing.js';

/** A finding of the engine about the name of a folder: the text and the verdict are ours. */
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

/** The answer to NAMESPACE (RFC 2342), with the row itself. Folders are told apart by what LIST says then. */
export function unreadableNamespace({ row, why }: UnreadableRow): FolderFinding {
  return finding(
    `the answer to NAMESPACE could not be read: ${cut(row)} (${why})`,
    'engine:unreadable-namespace',
    'The folders were listed with LIST and its delimiter. Where they are all there, skip this failure; where this login also sees mailboxes of others, they may be among them: leave those out with `--exclude`.',
  );
}

/** Advice about a name of the source that cannot be opened or listed. */
export function adviceFor({ name, beside }: NameFailure): string {
  if (beside.length > 0)
    return `The source lists INBOX as ${[...beside, name].join(' and ')}. ${beside.join(' and ')} is copied, and ${name} cannot be opened. Rename that folder at the source in its web mail and resume; where it holds nothing, skip this failure.`;
  if (name === null)
    return 'Only INBOX is copied: the source does not say what other folders it has. Ask its provider to mend LIST, then resume; where INBOX is all there is, skip this failure.';
  return 'The source names this folder and cannot open or list it, so its mail is not copied. Open it in the source’s web mail; rename or repair it there and resume. Where it holds nothing, skip this failure.';
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
