import { type Column, chosenOrder, type SortOrder, sortableColumns } from '../../components/columns.js';
import { useShell } from '../../shell/context.js';
import { type SortChoice, SortMenu } from '../../shell/SortMenu.js';
import { useKept } from '../../shell/use-kept.js';

export interface SortState {
  readonly order: SortOrder;
  /** `errors`, or the list's own order. */
  readonly said: string;
  /** Opens the menu of columns. */
  readonly open: () => void;
  /** Sorts by a column, and turns the order where it is sorted by it already. */
  readonly by: (column: string) => void;
}

/** @param own  the list's own order in words: `what needs you` */
export function useSort<T>(columns: readonly Column<T>[], own: string): SortState {
  const shell = useShell();
  const [order, set] = useKept<SortOrder>('sort', null);
  const sortable = sortableColumns(columns);
  const open = (): void => {
    const choices: readonly SortChoice[] = [
      { title: own, direction: null, isCurrent: order === null },
      ...sortable.map((column) => ({
        title: column.title,
        direction: chosenOrder(columns, order, column.id)?.direction ?? null,
        isCurrent: order?.by === column.id,
      })),
    ];
    const choose = (index: number) => set((now) => chosenOrder(columns, now, sortable[index - 1]?.id ?? null));
    shell.overlay(<SortMenu choices={choices} onChoose={choose} onClose={() => shell.overlay(null)} />);
  };
  return {
    order,
    said: sortable.find(({ id }) => id === order?.by)?.title ?? own,
    open,
    by: (column) => set((now) => chosenOrder(columns, now, column)),
  };
}
