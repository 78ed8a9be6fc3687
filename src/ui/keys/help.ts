import { fitText } from '../text/fit.js';
import { type Spans, span } from '../text/spans.js';
import { type BindingTable, showKey } from './bindings.js';

/** The help as lines, made of the tables: every key there is, under the heading of its screen. */
export function helpLines(tables: readonly BindingTable[], width: number): readonly Spans[] {
  const keysWidth = Math.min(22, Math.floor(width / 3));
  const lines = tables
    .filter(({ bindings }) => bindings.length > 0)
    .flatMap(({ title, bindings }): readonly Spans[] => [
      [],
      [' ', span('strong', title)],
      ...bindings.map(({ keys, command, description }): Spans => {
        const how = [...keys.map(showKey), ...(command ? [`:${command}`] : [])].join(' ');
        return ['   ', span('key', fitText(how, keysWidth)), '  ', description];
      }),
    ]);
  return lines.slice(1);
}
