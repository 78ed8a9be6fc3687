import type { Advice } from '../../../words/advice/advice.js';
import type { Found, UnreadRow } from '../../../words/findings/found.js';
import type { OwnRule } from '../../../words/findings/own-rules.js';
import type { UnreadableRow } from '../../listing/list-row.js';
import type { NameFailure } from '../../listing/listing.js';
import { type Finding, finding } from '../../responses/finding.js';

/** The most rows in the text of one entry. The log has them all. */
const MOST_ROWS = 5;
const LONGEST_ROW = 200;

/** Rows of LIST or LSUB that could not be read, as one open failure that holds the rows themselves. */
export function unreadableRows(rows: readonly UnreadableRow[]): Finding {
  const some = rows.slice(0, MOST_ROWS).map(shortened);
  return ofFolder({ key: 'rows unreadable', rows: some, more: rows.length - some.length }, 'engine:unreadable-row', {
    key: 'row unreadable',
  });
}

/** The answer to NAMESPACE (RFC 2342), with the row itself. Folders are told apart by what LIST says then. */
export function unreadableNamespace(row: UnreadableRow): Finding {
  return ofFolder({ key: 'namespace unreadable', ...shortened(row) }, 'engine:unreadable-namespace', {
    key: 'namespace unreadable',
  });
}

/** Advice about a name of the source that cannot be opened or listed. */
export function adviceFor({ name, beside }: NameFailure): Advice {
  if (name === null) return { key: 'other folders unknown' };
  if (beside.length > 0) return { key: 'inbox spelled twice', name, beside };
  return { key: 'folder not given' };
}

const ofFolder = (found: Found, rule: OwnRule, advice: Advice): Finding =>
  finding(found, 'folder', 'folder', 'skip-folder', rule, advice);

const shortened = ({ row, why }: UnreadableRow): UnreadRow => ({
  row: row.length > LONGEST_ROW ? `${row.slice(0, LONGEST_ROW)}…` : row,
  why,
});
