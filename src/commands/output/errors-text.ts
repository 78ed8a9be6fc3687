import type { ErrorEntryEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import { adviceText } from '../../words/advice/advice-text.js';
import { showTime } from '../../words/times.js';
import { plural } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { affected, causeOf } from './errors-page.js';

/** The most folders of one cause that are named. */
const MOST_FOLDERS = 5;

/**
 * A group of failures for a terminal: how much, where, the servers' words, and what to do.
 *
 * @param typed  the batch as it is typed after a command
 */
export function groupLines(group: ErrorGroupEntity, typed: string): string[] {
  const clusters = clustersOf(group.entries);
  const lines = [headOf(group)];
  for (const [at, entries] of clusters.entries()) {
    lines.push(...(entries.length === 1 ? entryLines(entries[0]!) : clusterLines(entries)));
    const advice = adviceOf(group, entries, typed);
    const next = clusters[at + 1];
    // One advice for several causes in a row is said once.
    if (advice !== '' && (!next || adviceOf(group, next, typed) !== advice)) lines.push(`  -> ${advice}`);
  }
  return lines.map(harmless);
}

/** Gathers failures of no message that differ only in their folder: sixty of them become one line with a count. */
function clustersOf(entries: readonly ErrorEntryEntity[]): readonly (readonly ErrorEntryEntity[])[] {
  const clusters = new Map<string, ErrorEntryEntity[]>();
  for (const entry of entries) {
    const { mailbox, side, command, response, verdict, accepted, uids, skipped } = entry;
    const isOfNoMessage = uids === '' && skipped === 0 && entry.folder !== null;
    const key = isOfNoMessage
      ? JSON.stringify([mailbox, side, command, response, verdict.advice, accepted])
      : `entry ${clusters.size}`;
    const cluster = clusters.get(key);
    if (cluster) cluster.push(entry);
    else clusters.set(key, [entry]);
  }
  return [...clusters.values()];
}

function clusterLines(entries: readonly ErrorEntryEntity[]): string[] {
  const { mailbox, side, command, response, accepted } = entries[0]!;
  const names = entries.map(({ folder }) => folder ?? '');
  const more = names.length > MOST_FOLDERS ? ` and ${names.length - MOST_FOLDERS} more` : '';
  const last = Math.max(...entries.map(({ lastAt }) => lastAt));
  const seen = [`last ${showTime(last)}`, ...(accepted ? ['accepted'] : [])].join(', ');
  return [
    `  ${mailbox} ${side} ${command} ${plural(names.length, 'folder')}: ${names.slice(0, MOST_FOLDERS).join(', ')}${more} (${seen})`,
    `    ${response}`,
  ];
}

function adviceOf({ standing }: ErrorGroupEntity, [first]: readonly ErrorEntryEntity[], typed: string): string {
  return standing === 'skipped' ? '' : adviceText(first?.verdict.advice ?? null, typed);
}

function headOf(group: ErrorGroupEntity): string {
  return `${causeOf(group)}: ${affected(group)} in ${plural(group.mailboxes, 'mailbox', 'mailboxes')}`;
}

function entryLines(entry: ErrorEntryEntity): string[] {
  const { mailbox, side, command, uids, destinationUids, times, lastAt, response } = entry;
  const folder = entry.folder === null ? '' : ` ${entry.folder}`;
  const uid = `${uids === '' ? '' : ` UID ${uids}`}${destinationUids === '' ? '' : ` destination UID ${destinationUids}`}`;
  const seen = [plural(times, 'time'), `last ${showTime(lastAt)}`, ...leftOut(entry)].join(', ');
  return [`  ${mailbox} ${side} ${command}${folder}${uid} (${seen})`, `    ${response}`];
}

function leftOut({ count, skipped, accepted }: ErrorEntryEntity): string[] {
  if (accepted) return ['accepted'];
  if (skipped === 0) return [];
  return [count === 0 ? 'skipped' : `${plural(skipped, 'more message')} skipped`];
}
