import stringWidth from 'string-width';

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/**
 * Rows under titles, in columns two spaces apart; widths are what a terminal shows, so CJK names line up.
 *
 * @param width  columns of the terminal: longer lines are cut; null: none is
 */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | null = null,
): string[] {
  const all = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((row) => stringWidth(row[i] ?? ''))));
  const lines = all.map((row) =>
    columns
      .map(({ align }, i) => {
        const cell = row[i] ?? '';
        const gap = ' '.repeat((widths[i] ?? 0) - stringWidth(cell));
        return align === 'left' ? cell + gap : gap + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return width === null ? lines : lines.map((line) => cut(line, width));
}

function cut(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  let shown = '';
  let taken = 0;
  for (const char of line) {
    taken += stringWidth(char);
    if (taken > width - 1) break;
    shown += char;
  }
  return `${shown.trimEnd()}…`;
}
