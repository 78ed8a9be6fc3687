import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';

export const MAILBOX_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.next', {
    id: 'mailbox.section',
    label: 'history, log, errors',
    description: 'What the lower part shows: history, log or errors',
    weight: 40,
  }),
  bind('look.open', {
    id: 'mailbox.open',
    label: 'its errors',
    description: 'Open the errors of this mailbox',
    weight: 20,
  }),
  bind('look.errors', {
    id: 'mailbox.errors',
    label: 'its errors',
    description: 'Open the errors of this mailbox',
    command: 'its-errors',
    weight: 0,
  }),
  bind('look.log', {
    id: 'mailbox.log',
    label: 'its log',
    description: 'Open the log of this mailbox',
    command: 'its-log',
    weight: 20,
  }),
  bind('work.password', { id: 'mailbox.password', command: 'password', when: 'where one is asked for', weight: 60 }),
  bind('work.run', { id: 'mailbox.start', command: 'run-now', weight: 45 }),
  bind('work.pause', { id: 'mailbox.pause', command: 'pause', weight: 35 }),
  bind('work.stop', { id: 'mailbox.stop', command: 'stop-mailbox', weight: 0 }),
  bind('work.giveUp', { id: 'mailbox.give-up', command: 'give-up', weight: 0 }),
  filterBinding('mailbox'),
  bind('look.sort', {
    id: 'mailbox.sort',
    description: 'Choose what the folders are sorted by',
    command: 'sort',
    weight: 15,
  }),
  bind('look.copy', {
    id: 'mailbox.copy',
    description: 'Copy the text for the provider where there is one, else the state',
    command: 'copy',
    weight: 0,
  }),
];
