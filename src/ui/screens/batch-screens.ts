import type { Screen } from '../shell/screen.js';
import { DECISIONS_BINDINGS } from './decisions/bindings.js';
import { DecisionsScreen } from './decisions/DecisionsScreen.js';
import { ENTRY_BINDINGS, ERRORS_BINDINGS } from './errors/bindings.js';
import { EntryScreen } from './errors/EntryScreen.js';
import { ErrorsScreen } from './errors/ErrorsScreen.js';
import { GroupScreen } from './errors/GroupScreen.js';
import { LOG_BINDINGS } from './log/bindings.js';
import { LogScreen } from './log/LogScreen.js';
import { MAILBOX_BINDINGS } from './mailbox/bindings.js';
import { MailboxScreen } from './mailbox/MailboxScreen.js';
import { MORNING_BINDINGS } from './morning/bindings.js';
import { MorningScreen } from './morning/MorningScreen.js';
import { NIGHT_BINDINGS } from './night/bindings.js';
import { NightScreen } from './night/NightScreen.js';
import { SCHEDULE_BINDINGS } from './schedule/bindings.js';
import { ScheduleScreen } from './schedule/ScheduleScreen.js';

const NIGHT: Omit<Screen, 'title'> = {
  name: 'night',
  action: 'look.night',
  label: 'night',
  description: 'The whole batch: how far, who needs you, who is at work',
  bindings: NIGHT_BINDINGS,
  component: NightScreen,
};

const OTHERS: readonly Screen[] = [
  {
    name: 'schedule',
    action: 'look.schedule',
    label: 'schedule',
    description: 'Who starts when, and why not yet',
    title: () => 'schedule',
    bindings: SCHEDULE_BINDINGS,
    component: ScheduleScreen,
  },
  {
    name: 'errors',
    action: 'look.errors',
    label: 'errors',
    description: 'Failures by response code',
    title: ({ email }) => (email === undefined ? 'errors' : `errors of ${email}`),
    bindings: ERRORS_BINDINGS,
    component: ErrorsScreen,
  },
  {
    name: 'log',
    action: 'look.log',
    label: 'log',
    description: 'What happened, as it happens',
    title: ({ mailbox }) => (mailbox === undefined ? 'log' : `log of ${mailbox}`),
    bindings: LOG_BINDINGS,
    component: LogScreen,
  },
  {
    name: 'decisions',
    action: 'look.decisions',
    weight: 0,
    label: 'decisions',
    description: 'What operators decided about failures, what came of it, and taking it back',
    title: () => 'decisions',
    bindings: DECISIONS_BINDINGS,
    component: DecisionsScreen,
  },
  {
    name: 'morning',
    action: 'look.morning',
    weight: 0,
    label: 'since you looked',
    description: 'What happened since you last looked, what needs you first',
    title: ({ of, name }) => name ?? (of === 'the end' ? 'results' : 'since you last looked'),
    bindings: MORNING_BINDINGS,
    component: MorningScreen,
  },
  {
    name: 'mailbox',
    action: null,
    label: 'mailbox',
    description: 'One mailbox',
    title: ({ email = 'mailbox' }) => email,
    bindings: MAILBOX_BINDINGS,
    component: MailboxScreen,
  },
  {
    name: 'error-group',
    action: null,
    label: 'group of errors',
    description: 'All failures of one cause',
    title: ({ name = 'group' }) => name,
    bindings: ERRORS_BINDINGS,
    component: GroupScreen,
  },
  {
    name: 'error',
    action: null,
    label: 'error',
    description: 'One failure with the full response',
    title: ({ place = 'error' }) => place,
    bindings: ENTRY_BINDINGS,
    component: EntryScreen,
  },
];

/** The screens of a console on a batch, the first one first. @param batch its name */
export function batchScreens(batch: () => string): readonly Screen[] {
  return [{ ...NIGHT, title: batch }, ...OTHERS];
}
