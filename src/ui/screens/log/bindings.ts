import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';

export const LOG_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.follow', { id: 'log.follow', command: 'follow', weight: 50 }),
  filterBinding('log'),
  bind('look.severity', {
    id: 'log.level',
    description: 'Leave out what is less severe: info, warnings, errors, all',
    command: 'severity',
    weight: 40,
  }),
  bind('look.side', { id: 'log.side', command: 'side', weight: 38 }),
  bind('look.only', { id: 'log.only', command: 'only-mailbox', when: 'on a line of a mailbox', weight: 38 }),
  bind('look.mailbox', { id: 'log.mailbox', command: 'open-mailbox', when: 'on a line of a mailbox', weight: 22 }),
  bind('look.open', { id: 'log.open', label: 'whole', description: 'Show the line whole', weight: 30 }),
  bind('look.copy', { id: 'log.copy', description: 'Copy the line whole', command: 'copy', weight: 20 }),
  bind('look.save', {
    id: 'log.save',
    description: 'Save the lines that the filter shows to a file',
    command: 'save',
    weight: 20,
  }),
];
