import type { ErrorEntryEntity, ErrorGroupEntity } from '../engine/protocol.js';
import { harmless, plural, showTime } from './plain-text.js';

/** A group of failures for a terminal: how much, where, the servers' words, and what to do. */
export function groupLines(group: ErrorGroupEntity): string[] {
  const advice =
    group.standing === 'skipped'
      ? undefined
      : group.entries.find(({ verdict }) => verdict.advice !== '')?.verdict.advice;
  const lines = [
    headOf(group),
    ...group.entries.flatMap(entryLines),
    ...(advice === undefined ? [] : [`  -> ${advice}`]),
  ];
  return lines.map(harmless);
}

function headOf({ standing, code, kind, messages, failures, skipped, mailboxes }: ErrorGroupEntity): string {
  const prefix = { open: '', skipped: 'skipped: ', settled: 'noted: ' }[standing];
  const what = [
    ...(messages > 0 ? [plural(messages, 'message')] : []),
    ...(failures > 0 ? [plural(failures, 'failure of no message', 'failures of no message')] : []),
    ...(skipped > 0 ? [`${plural(skipped, 'message')} skipped`] : []),
  ];
  return `${prefix}${code ?? '(no code)'}, ${kind}: ${what.join(', ')} in ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
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
