import { showBytes, showShortCount, UNKNOWN } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import type { Tone } from '../../text/theme.js';
import type { CheckedMailbox, FindingRow, GroupRow } from './services.js';

export const SEVERITY_TONE: Readonly<Record<GroupRow['severity'], Tone>> = {
  'will fail': 'alert',
  'may fail': 'accent',
  'cannot know': 'text',
  note: 'dim',
};

export const GROUP_COLUMNS: readonly Column<GroupRow>[] = [
  {
    id: 'severity',
    title: '',
    least: 11,
    most: 11,
    priority: 0,
    text: ({ severity }) => severity,
    tone: ({ severity }) => SEVERITY_TONE[severity],
  },
  { id: 'what', title: 'finding', least: 30, most: 90, priority: 0, text: ({ what }) => what },
  { id: 'side', title: 'side', least: 11, most: 11, priority: 2, text: ({ side }) => side, tone: () => 'dim' },
  {
    id: 'mailboxes',
    title: 'boxes',
    least: 5,
    most: 6,
    align: 'right',
    priority: 0,
    text: ({ mailboxes }) => (mailboxes === 0 ? '-' : showShortCount(mailboxes)),
    tone: () => 'strong',
  },
  {
    id: 'messages',
    title: 'messages',
    least: 8,
    most: 8,
    align: 'right',
    priority: 1,
    text: ({ messages }) => (messages === null ? '-' : showShortCount(messages)),
  },
  { id: 'todo', title: 'what to do', least: 30, most: 120, priority: 3, text: ({ todo }) => todo, tone: () => 'dim' },
];

const STANDING_TONE: Readonly<Record<CheckedMailbox['standing'], Tone>> = {
  waits: 'dim',
  'looked at now': 'accent',
  'looked at': 'text',
  'not to be had': 'alert',
  'not tried': 'dim',
};

export const MAILBOX_COLUMNS: readonly Column<CheckedMailbox>[] = [
  { id: 'mailbox', title: 'mailbox', least: 24, most: 60, priority: 0, text: ({ email }) => email },
  {
    id: 'standing',
    title: '',
    least: 13,
    most: 13,
    priority: 0,
    text: ({ standing }) => standing,
    tone: ({ standing }) => STANDING_TONE[standing],
  },
  {
    id: 'messages',
    title: 'messages',
    least: 9,
    most: 9,
    align: 'right',
    priority: 1,
    text: ({ messages }) => (messages === null ? UNKNOWN : showShortCount(messages)),
  },
  {
    id: 'bytes',
    title: 'size',
    least: 9,
    most: 9,
    align: 'right',
    priority: 2,
    text: ({ bytes }) => (bytes === null ? UNKNOWN : showBytes(bytes)),
  },
  {
    id: 'findings',
    title: 'findings',
    least: 8,
    most: 8,
    align: 'right',
    priority: 0,
    text: ({ findings }) => (findings === 0 ? '' : showShortCount(findings)),
  },
];

export const FINDING_COLUMNS: readonly Column<FindingRow>[] = [
  { id: 'mailbox', title: 'mailbox', least: 24, most: 44, priority: 0, text: ({ mailbox }) => mailbox },
  { id: 'details', title: '', least: 30, most: 200, priority: 0, text: ({ details }) => details },
];
