import type { ErrorGroupEntity } from '../../../protocol/answers.js';
import { showShortCount } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import { concernedBy } from '../../select/errors.js';

/** Groups of which nothing is left to do: they stand behind one line until it is opened. */
type Settled = Exclude<ErrorGroupEntity['standing'], 'open'>;

/** The line in front of such groups. @property view  `open`: they are listed below it */
export interface Fold {
  readonly kind: 'fold';
  readonly standing: Settled;
  readonly groups: readonly ErrorGroupEntity[];
  readonly view: 'folded' | 'open';
}

/** A row of the errors screen. */
export type ErrorRow = { readonly kind: 'group'; readonly group: ErrorGroupEntity } | Fold;

const FOLDS: readonly Settled[] = ['skipped', 'settled'];
const NAMES: Readonly<Record<Settled, string>> = { skipped: 'left out', settled: 'noted' };

export function rowId(row: ErrorRow): string {
  return row.kind === 'group' ? row.group.key : `fold ${row.standing}`;
}

/** Open groups as they are sorted, then a line for those that were left out, and one for the notes. */
export function foldedRows(sorted: readonly ErrorRow[], opened: ReadonlySet<string>): readonly ErrorRow[] {
  const of = (standing: ErrorGroupEntity['standing']) =>
    sorted.filter((row) => row.kind === 'group' && row.group.standing === standing);
  return [
    ...of('open'),
    ...FOLDS.flatMap((standing): readonly ErrorRow[] => {
      const rows = of(standing);
      if (rows.length === 0) return [];
      const view = opened.has(standing) ? 'open' : 'folded';
      const groups = groupsIn(rows);
      return [{ kind: 'fold', standing, groups, view }, ...(view === 'open' ? rows : [])];
    }),
  ];
}

export function groupsIn(rows: readonly ErrorRow[]): readonly ErrorGroupEntity[] {
  return rows.flatMap((row) => (row.kind === 'group' ? [row.group] : []));
}

/** The columns of groups, with those of the lines that fold them: a sign, what they are, how many, how much. */
export function rowColumns(columns: readonly Column<ErrorGroupEntity>[]): readonly Column<ErrorRow>[] {
  return columns.map(({ text, tone, order, instead: _, ...column }) => ({
    ...column,
    text: (row) => (row.kind === 'group' ? text(row.group) : foldText(column.id, row)),
    tone: (row) => (row.kind === 'group' ? (tone?.(row.group) ?? 'text') : 'dim'),
    // Lines that fold are put in after the sorting.
    ...(order ? { order: (row: ErrorRow) => (row.kind === 'group' ? order(row.group) : 0) } : {}),
  }));
}

function foldText(column: string, { standing, groups, view }: Fold): string {
  switch (column) {
    case 'code':
      return `${view === 'open' ? '-' : '+'} ${groups.length} ${NAMES[standing]}`;
    case 'messages': {
      const messages = groups.reduce((sum, group) => sum + concernedBy(group).n, 0);
      return messages === 0 ? '' : showShortCount(messages);
    }
    case 'todo':
      return view === 'open' ? 'enter folds them' : 'enter lists them';
    default:
      return '';
  }
}
