import type { ErrorEntryEntity, ErrorGroupEntity } from '../../engine/protocol.js';
import { textFilter } from '../components/filter-text.js';

/** Two groups of one code: what is open, and what is only noted. */
export function groupKey({ code, kind, standing }: ErrorGroupEntity): string {
  return `${code ?? `(${kind})`} ${standing}`;
}

/** Response code, or the kind in brackets where responses carry none. */
export function groupName({ code, kind }: ErrorGroupEntity): string {
  return code ?? `(${kind})`;
}

/** Cause and place: stable while its numbers grow. */
export function entryKey({ mailbox, side, command, folder, response }: ErrorEntryEntity): string {
  return JSON.stringify([mailbox, side, command, folder, response]);
}

/** Sides that a group's entries are of, in few letters. */
export function sidesOf({ entries }: ErrorGroupEntity): string {
  const sides = new Set(entries.map(({ side }) => side));
  if (sides.size > 1) return 'both';
  return sides.has('source') ? 'src' : 'dest';
}

/** The first sentence of the advice of its largest entry. */
export function adviceOf({ entries, standing }: ErrorGroupEntity): string {
  if (standing === 'settled') return 'noted: the messages are there, nothing is left to do';
  const advice = entries[0]?.verdict.advice ?? '';
  return /^.*?[.](?=\s|$)/.exec(advice)?.[0] ?? advice;
}

/** Groups that have a word in their code, kind or any entry. */
export function filterGroups(groups: readonly ErrorGroupEntity[], text: string): readonly ErrorGroupEntity[] {
  if (text.trim() === '') return groups;
  const { matches } = textFilter(text);
  return groups.filter((group) => matches([groupName(group), group.kind, ...group.entries.map(entryText)].join('\n')));
}

export function filterEntries(entries: readonly ErrorEntryEntity[], text: string): readonly ErrorEntryEntity[] {
  if (text.trim() === '') return entries;
  const { matches } = textFilter(text);
  return entries.filter((entry) => matches(entryText(entry)));
}

/** What is searched, copied and saved of an entry. */
export function entryText(entry: ErrorEntryEntity): string {
  const { mailbox, side, command, folder, uids, count, attempts, times, firstAt, lastAt, response, verdict } = entry;
  const iso = (at: number) => new Date(at).toISOString();
  return [
    mailbox,
    side,
    command,
    folder ?? '-',
    `${count} messages${uids === '' ? '' : ` UIDs ${uids}`}`,
    `attempts ${attempts}, times ${times}`,
    `${iso(firstAt)} to ${iso(lastAt)}`,
    verdict.code ?? verdict.kind,
    response,
  ].join('\t');
}

/** Messages and mailboxes over all groups, each mailbox counted once where all entries were sent. */
export function sumGroups(groups: readonly ErrorGroupEntity[]): {
  readonly messages: number;
  readonly mailboxes: number;
} {
  const mailboxes = new Set(groups.flatMap(({ entries }) => entries.map(({ mailbox }) => mailbox)));
  return {
    messages: groups.reduce((sum, { messages }) => sum + messages, 0),
    mailboxes: Math.max(mailboxes.size, ...groups.map((group) => group.mailboxes)),
  };
}
