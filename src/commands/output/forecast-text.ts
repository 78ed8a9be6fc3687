import { type FolderForecast, type MailboxForecast, sumOf } from '../../engine/dry-run/forecast.js';
import { leftOutText } from '../../words/left-out.js';
import { plural, showBytes, showCount } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { type TableColumn, table } from './table.js';

const COLUMNS: readonly TableColumn[] = [
  { title: 'FOLDER', align: 'left' },
  { title: 'TO COPY', align: 'right' },
  { title: 'SIZE', align: 'right' },
  { title: 'OF', align: 'right' },
  { title: 'THERE', align: 'right' },
  { title: 'DESTINATION', align: 'left' },
];

/** Shows a run's work on one mailbox: a headline, its folders as a table, and what would not be copied. */
export function forecastLines(mailbox: string, forecast: MailboxForecast): string[] {
  const { folders, leftOut, warnings, refused, limit } = forecast;
  const lines = [`${mailbox}: ${headline(forecast)}`];
  if (folders.length > 0) lines.push(...table(COLUMNS, folders.map(folderRow)).map((line) => `  ${line}`));
  const tooBig = sumOf(folders, 'tooBig');
  if (limit && tooBig.messages > 0)
    lines.push(
      `  too large: ${plural(tooBig.messages, 'message')}, ${showBytes(tooBig.bytes)}; the limit is ${showBytes(limit.bytes)} (${limit.whose})`,
    );
  const deleted = folders.reduce((sum, folder) => sum + folder.deleted, 0);
  if (deleted > 0) lines.push(`  marked \\Deleted at the source: ${plural(deleted, 'message')} (see --deleted)`);
  const skipped = folders.reduce((sum, folder) => sum + folder.skipped, 0);
  if (skipped > 0) lines.push(`  left out by decision: ${plural(skipped, 'message')}`);
  const outside = folders.reduce((sum, folder) => sum + folder.outside, 0);
  if (outside > 0) lines.push(`  left out by date: ${plural(outside, 'message')}`);
  const carried = sumOf(folders, 'carried');
  if (carried.messages > 0)
    lines.push(
      `  in a second label or a third: ${plural(carried.messages, 'message')}, ${showBytes(carried.bytes)}; each is copied once (see --labels)`,
    );
  for (const { name, why } of leftOut) lines.push(`  left out: ${name}: ${leftOutText(why)}`);
  for (const warning of warnings) lines.push(`  ${warning}`);
  for (const { folder, side, response } of refused)
    lines.push(`  ${side}: ${folder ?? 'the list of folders'} cannot be looked into: ${response}`);
  return lines.map(harmless);
}

function headline({ folders }: MailboxForecast): string {
  const { messages, bytes } = sumOf(folders, 'toCopy');
  const made = folders.filter(({ isNew }) => isNew).length;
  const all = folders.reduce((sum, folder) => sum + folder.messages, 0);
  // Equal messages that the destination holds are recognised only by reading them.
  const most = folders.some(({ there, settled }) => settled === 0 && (there ?? 0) > 0) ? 'at most ' : '';
  return `${most}${showCount(messages)} of ${plural(all, 'message')} to copy, ${showBytes(bytes)}, in ${plural(folders.length, 'folder')}${made > 0 ? `, ${showCount(made)} of them new` : ''}`;
}

function folderRow({ source, destination, isNew, messages, toCopy, there }: FolderForecast): string[] {
  return [
    source,
    showCount(toCopy.messages),
    showBytes(toCopy.bytes),
    showCount(messages),
    there === null ? '-' : showCount(there),
    isNew ? `${destination} (new)` : destination,
  ];
}
