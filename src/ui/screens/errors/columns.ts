import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../engine/protocol.js';
import type { Column } from '../../components/columns.js';
import { adviceOf, groupName, sidesOf } from '../../select/errors.js';
import { showShortCount } from '../../text/format.js';
import { showPast } from '../../text/when.js';

export function groupColumns(now: number): readonly Column<ErrorGroupEntity>[] {
  return [
    {
      id: 'code',
      title: 'code / kind',
      least: 20,
      most: 34,
      priority: 0,
      text: groupName,
      tone: ({ standing }) => (standing === 'open' ? 'alert' : 'dim'),
      order: groupName,
    },
    {
      id: 'messages',
      title: 'UIDs',
      least: 6,
      most: 7,
      align: 'right',
      priority: 0,
      // A failure that is of no message: a login, a folder.
      text: ({ messages }) => (messages > 0 ? showShortCount(messages) : '-'),
      tone: () => 'strong',
      order: ({ messages }) => messages,
    },
    {
      id: 'mailboxes',
      title: 'boxes',
      least: 7,
      most: 7,
      align: 'right',
      priority: 1,
      text: ({ mailboxes }) => showShortCount(mailboxes),
      order: ({ mailboxes }) => mailboxes,
    },
    { id: 'side', title: 'side', least: 4, most: 4, priority: 2, text: sidesOf, order: sidesOf },
    {
      id: 'first',
      title: 'first',
      least: 7,
      most: 7,
      align: 'right',
      priority: 4,
      text: ({ firstAt }) => showPast(firstAt, now),
      order: ({ firstAt }) => firstAt,
    },
    {
      id: 'last',
      title: 'last',
      least: 6,
      most: 6,
      align: 'right',
      priority: 3,
      text: ({ lastAt }) => showPast(lastAt, now),
      order: ({ lastAt }) => lastAt,
    },
    {
      id: 'advice',
      title: 'what to do',
      least: 14,
      most: 110,
      priority: 5,
      text: adviceOf,
      tone: () => 'dim',
    },
  ];
}

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
      title: 'UIDs',
      least: 6,
      most: 7,
      align: 'right',
      priority: 0,
      text: ({ count }) => (count > 0 ? showShortCount(count) : '-'),
      tone: () => 'strong',
      order: ({ count }) => count,
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
