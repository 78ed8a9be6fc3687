import type { Figure } from './figure.js';

const HEAD = ['what', 'measured', 'under', ''] as const;

/** A table in Markdown. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, under, unit }) => [
    what,
    `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`,
    `${under} ${unit}`,
    value < under ? 'ok' : 'OVER',
  ]);
  const widths = HEAD.map((title, at) => Math.max(title.length, 2, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 || at === 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
