import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';

export const LOG_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  {
    id: 'log.follow',
    keys: ['f', 'space'],
    label: 'follow',
    description: 'Follow the newest line, or stay where the cursor is',
    command: 'follow',
    weight: 50,
  },
  filterBinding('log'),
  {
    id: 'log.level',
    keys: ['v'],
    label: 'severity',
    description: 'Leave out what is less severe: info, warnings, errors, all',
    command: 'severity',
    weight: 40,
  },
  {
    id: 'log.side',
    keys: ['i'],
    label: 'side',
    description: 'Only source, only destination, both',
    command: 'side',
    weight: 38,
  },
  {
    id: 'log.mailbox',
    keys: ['m'],
    label: 'mailbox',
    description: 'Only the mailbox of this line, or all',
    command: 'only-mailbox',
    weight: 38,
  },
  { id: 'log.open', keys: ['enter'], label: 'whole', description: 'Show the line whole', weight: 30 },
  { id: 'log.copy', keys: ['y'], label: 'copy', description: 'Copy the line whole', command: 'copy', weight: 20 },
  {
    id: 'log.save',
    keys: ['w'],
    label: 'save',
    description: 'Save the lines that the filter shows to a file',
    command: 'save',
    weight: 20,
  },
];
