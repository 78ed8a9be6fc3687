import { textFilter } from '../text/filter-text.js';
import { fitText } from '../text/fit.js';
import { fitSpans, type Spans, span } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { type Binding, type BindingTable, showKey } from './bindings.js';

/** The bindings that a console may use: a read-only one has none of the keys that change what the engine does. */
export function helpTables(tables: readonly BindingTable[], access: 'full' | 'read-only'): readonly BindingTable[] {
  if (access === 'full') return tables;
  return tables.map(({ title, bindings }) => ({
    title,
    bindings: bindings.filter(({ reach }) => reach === 'look'),
  }));
}

/** The bindings that have all of the words. */
export function helpFound(tables: readonly BindingTable[], words: string): readonly BindingTable[] {
  const { matches } = textFilter(words);
  const textOf = ({ keys, label, description, command = '' }: Binding) =>
    [...keys.map(showKey), label, description, command].join('\n');
  return tables.map(({ title, bindings }) => ({ title, bindings: bindings.filter((one) => matches(textOf(one))) }));
}

/** Cells of the keys in front of a description, and the least that a column takes. */
const KEYS = 9;
const LEAST_COLUMN = 38;

/** The help as lines: the keys of each table under its heading, in as many columns as fit. */
export function helpLines(tables: readonly BindingTable[], width: number): readonly Spans[] {
  const count = Math.max(1, Math.floor((width - 1) / LEAST_COLUMN));
  const column = Math.floor((width - 1) / count);
  return tables
    .filter(({ bindings }) => bindings.length > 0)
    .flatMap(({ title, bindings }, index): readonly Spans[] => {
      const columns = inColumns(
        bindings.map((one) => entryLines(one, column - 1)),
        count,
      );
      const height = Math.max(...columns.map((lines) => lines.length));
      const rows = Array.from(
        { length: height },
        (_, y): Spans => [' ', ...columns.flatMap((lines) => fitSpans(lines[y] ?? [], column))],
      );
      return [...(index === 0 ? [] : [[]]), [' ', span('strong', title)], ...rows];
    });
}

function entryLines({ keys, description }: Binding, width: number): readonly Spans[] {
  return wrap(description, width - KEYS - 1).map(
    (line, index): Spans => [span('key', fitText(index === 0 ? keysText(keys) : '', KEYS)), ' ', line],
  );
}

/** `k up`, `1-9`: the first two, where both fit. */
function keysText(keys: readonly string[]): string {
  const [first = '', second] = keys.map(showKey);
  if (keys.length > 2) return `${first}-${showKey(keys.at(-1) ?? '')}`;
  const both = second === undefined ? first : `${first} ${second}`;
  return both.length <= KEYS ? both : first;
}

/** Entries one below the other, in columns about as high as each other. */
function inColumns(entries: readonly (readonly Spans[])[], count: number): readonly (readonly Spans[])[] {
  const height = Math.ceil(entries.flat().length / count);
  const columns: Spans[][] = Array.from({ length: count }, () => []);
  let at = 0;
  for (const entry of entries) {
    const open = columns[at];
    if (open && open.length > 0 && open.length + entry.length > height && at < count - 1) at += 1;
    columns[at]?.push(...entry);
  }
  return columns;
}
