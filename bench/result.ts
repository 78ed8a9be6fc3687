import type { Usage } from './measure.js';

/** One tool's copy, as it is shown. */
export interface Result {
  readonly tool: string;
  readonly messages: number;
  readonly bytes: number;
  readonly usage: Usage;
  /** The finding of the comparison of both accounts after it; null where all is equal. */
  readonly differs: string | null;
}

/** Of several runs the one in the middle by time; a failed one before any other, so that it is not hidden. */
export function median(results: readonly Result[]): Result | undefined {
  const failed = results.find(({ usage }) => usage.failure !== null);
  return failed ?? [...results].sort((a, b) => a.usage.seconds - b.usage.seconds)[Math.floor((results.length - 1) / 2)];
}

/** Messages a second. */
export function rate({ messages, usage }: Result): number {
  return messages / usage.seconds;
}

const HEAD = ['tool', 'messages', 'seconds', 'messages/s', 'MB/s', 'CPU s', 'peak MB', 'x naive', 'result'];

/** A table in Markdown, so that it can be pasted where it is discussed. */
export function resultTable(results: readonly Result[], yardstick: string): string {
  const naive = results.find(({ tool, usage }) => tool === yardstick && usage.failure === null);
  const rows = results.map((result) => [
    result.tool,
    ...numbers(result, naive === undefined ? null : rate(naive)),
    verdict(result),
  ]);
  const widths = HEAD.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 || at === HEAD.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function numbers(result: Result, naive: number | null): string[] {
  const { usage, messages, bytes } = result;
  if (usage.failure !== null) return [String(messages), usage.seconds.toFixed(2), '', '', '', '', ''];
  return [
    String(messages),
    usage.seconds.toFixed(2),
    rate(result).toFixed(1),
    (bytes / usage.seconds / 1e6).toFixed(1),
    usage.cpuSeconds?.toFixed(2) ?? '?',
    usage.peakBytes === null ? '?' : (usage.peakBytes / 1e6).toFixed(0),
    naive === null ? '' : (rate(result) / naive).toFixed(1),
  ];
}

function verdict({ usage, differs }: Result): string {
  return usage.failure ?? differs ?? 'identical';
}
