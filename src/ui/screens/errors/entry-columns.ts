import type { ErrorEntryEntity } from '../../../protocol/answers.js';
import { showPast } from '../../../words/times.js';
import { showShortCount } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';

/** Entries of a group. @param now milliseconds since the epoch */
export function entryColumns(now: number): readonly Column<ErrorEntryEntity>[] {
  return [
    {
      id: 'mailbox',
      title: 'mailbox',
      least: 16,
      most: 40,
      priority: 0,
      text: ({ mailbox }) => mailbox,
      order: ({ mailbox }) => mailbox,
    },
    {
      id: 'count',
      title: 'messages',
      least: 8,
      most: 8,
      align: 'right',
      priority: 0,
      text: messagesText,
      tone: ({ count, doubled }) => (count + doubled > 0 ? 'strong' : 'dim'),
      order: ({ count, doubled }) => count + doubled,
    },
    {
      id: 'folder',
      title: 'folder',
      least: 12,
      most: 40,
      cut: 'middle',
      priority: 1,
      text: ({ folder }) => folder ?? '-',
      order: ({ folder }) => folder ?? '',
    },
    {
      id: 'command',
      title: 'command',
      least: 9,
      most: 14,
      priority: 4,
      text: ({ command }) => command,
      order: ({ command }) => command,
    },
    {
      id: 'attempts',
      title: 'tries',
      least: 7,
      most: 7,
      align: 'right',
      priority: 3,
      text: ({ attempts }) => (attempts > 0 ? showShortCount(attempts) : '-'),
      order: ({ attempts }) => attempts,
    },
    {
      id: 'last',
      title: 'last',
      least: 6,
      most: 6,
      align: 'right',
      priority: 2,
      text: ({ lastAt }) => showPast(lastAt, now),
      order: ({ lastAt }) => lastAt,
    },
    {
      id: 'response',
      title: 'response',
      least: 18,
      most: 140,
      priority: 5,
      text: ({ response }) => response,
      tone: () => 'dim',
    },
  ];
}

/** `131`, of second copies too; `(131)` where they were left out, `-` where it names none. */
function messagesText({ count, affected, doubled, skipped, accepted }: ErrorEntryEntity): string {
  if (doubled > 0) return accepted ? `(${showShortCount(doubled)})` : showShortCount(doubled);
  if (count > 0) return showShortCount(count);
  if (affected > 0 && !accepted) return showShortCount(affected);
  return skipped > 0 ? `(${showShortCount(skipped)})` : '-';
}
