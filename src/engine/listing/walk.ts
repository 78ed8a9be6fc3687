import { hasAttribute } from '../imap/grammar/layout.js';
import { astring } from '../imap/grammar/piece.js';
import type { Response } from '../imap/grammar/response-reader.js';
import type { Session } from '../imap/session/session.js';
import { type ListRow, readListRow, type UnreadableRow } from './list-row.js';
import { RowBudget } from './too-many-names.js';
import type { NameTrials } from './trials.js';

/** A branch of the hierarchy that could not be listed. */
interface RefusedBranch {
  /** The pattern of the question: `Archive/%`. */
  readonly pattern: string;
  readonly line: string;
}

/** The result of listing by patterns. */
export interface Walked {
  readonly rows: readonly (ListRow | UnreadableRow)[];
  readonly refused: readonly RefusedBranch[];
}

/** The most levels. A server may go on naming children of children. */
const MOST_LEVELS = 40;
const MOST_BRANCHES = 20_000;

/**
 * Lists a hierarchy level by level (RFC 9051 section 6.3.9, `%`), for a server whose LIST of everything fails or says
 * nothing. A branch that fails is named, and the others go on.
 *
 * @throws ConnectionLost, TooManyNames
 */
export async function walkFolders(session: Session, trials: NameTrials): Promise<Walked> {
  const rows: (ListRow | UnreadableRow)[] = [];
  const refused: RefusedBranch[] = [];
  const asked = new Set<string>();
  const budget = new RowBudget(session.wire);
  let patterns: readonly string[] = ['%'];
  for (let level = 0; level < MOST_LEVELS && patterns.length > 0; level++) {
    const due = patterns.filter((pattern) => !asked.has(pattern)).slice(0, MOST_BRANCHES - asked.size);
    for (const pattern of due) asked.add(pattern);
    const listed = await listPatterns(session, due, trials, budget);
    rows.push(...listed.rows);
    refused.push(...listed.refused);
    patterns = listed.rows.flatMap((row) => (row.kind === 'LIST' ? branchOf(row) : []));
  }
  return { rows, refused };
}

/**
 * Lists patterns, all in one flight.
 *
 * @param budget  of all that belongs together; its own unless given
 * @throws ConnectionLost, TooManyNames
 */
export async function listPatterns(
  session: Session,
  patterns: readonly string[],
  trials: NameTrials,
  budget = new RowBudget(session.wire),
): Promise<Walked> {
  const rows: (ListRow | UnreadableRow)[] = [];
  const refused: RefusedBranch[] = [];
  const take = (response: Response) => {
    if (!budget.take(response)) return true;
    const row = readListRow(response);
    if (row) rows.push(row);
    return row !== undefined;
  };
  const ask = (pattern: string, patience: number) =>
    session.wire.command('LIST', ['LIST "" ', astring(pattern)], { onData: take, patience });
  const listed = await trials.askAll(patterns, ask).catch((error: unknown) => {
    throw budget.because(error);
  });
  for (const [pattern, tried] of listed) {
    if (tried.kind === 'convicted') refused.push({ pattern, line: tried.lastWords });
    else if (tried.answer.status !== 'OK') refused.push({ pattern, line: tried.answer.line });
  }
  return { rows, refused };
}

function branchOf(row: ListRow): string[] {
  const { delimiter, spellings } = row;
  if (delimiter === null || hasAttribute(row, '\\HasNoChildren', '\\Noinferiors')) return [];
  return [`${spellings[0].endsWith(delimiter) ? spellings[0] : spellings[0] + delimiter}%`];
}
