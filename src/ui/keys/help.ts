import { fitText } from '../text/fit.js';
import { type Spans, span } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { type BindingTable, showKey } from './bindings.js';

/** The bindings that a console may use: a read-only one has none of the keys that change what the engine does. */
export function helpTables(tables: readonly BindingTable[], access: 'full' | 'read-only'): readonly BindingTable[] {
  if (access === 'full') return tables;
  return tables.map(({ title, bindings }) => ({ title, bindings: bindings.filter(({ changes }) => !changes) }));
}

/** The help as lines, made of the tables: every key there is, under the heading of its screen. */
export function helpLines(tables: readonly BindingTable[], width: number): readonly Spans[] {
  const keysWidth = Math.min(22, Math.floor(width / 3));
  const lines = tables
    .filter(({ bindings }) => bindings.length > 0)
    .flatMap(({ title, bindings }): readonly Spans[] => [
      [],
      [' ', span('strong', title)],
      ...bindings.flatMap(({ keys, command, description }): readonly Spans[] => {
        const how = [...keys.map(showKey), ...(command ? [`:${command}`] : [])].join(' ');
        return wrap(description, width - keysWidth - 6).map(
          (line, index): Spans => ['   ', span('key', fitText(index === 0 ? how : '', keysWidth)), '  ', line],
        );
      }),
    ]);
  return lines.slice(1);
}
