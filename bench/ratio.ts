import { median, type Result } from './result.js';

/** Runs of one case: of the commit before, and of the present tree. */
export interface Pair {
  readonly name: string;
  readonly before: readonly Result[];
  readonly now: readonly Result[];
}

const HEAD = ['case', 'messages', 'before s', 'now s', 'now / before', 'result'];

/** Medians and their ratio, a row a case; under 1 is faster than before. In Markdown. */
export function ratioTable(pairs: readonly Pair[]): string {
  const rows = pairs.map(row);
  const widths = HEAD.map((title, at) => Math.max(title.length, ...rows.map((cells) => cells[at]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function row({ name, before, now }: Pair): string[] {
  const [then, today] = [median(before), median(now)];
  if (then === undefined || today === undefined) return [name, '', '', '', '', 'not run'];
  const wrong = [...before, ...now].map(({ tool, usage, differs }) => {
    const what = usage.failure ?? differs;
    return what === null ? null : `${tool}: ${what}`;
  });
  return [
    name,
    String(today.messages),
    spread(then, before),
    spread(today, now),
    (today.usage.seconds / then.usage.seconds).toFixed(3),
    wrong.find((text) => text !== null) ?? 'identical',
  ];
}

/** The median, and from where to where the runs lie. */
function spread(middle: Result, runs: readonly Result[]): string {
  const seconds = runs.map(({ usage }) => usage.seconds);
  if (runs.length < 2) return middle.usage.seconds.toFixed(2);
  return `${middle.usage.seconds.toFixed(2)} (${Math.min(...seconds).toFixed(2)}-${Math.max(...seconds).toFixed(2)})`;
}
