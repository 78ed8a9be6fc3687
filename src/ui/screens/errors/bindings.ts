import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';

/** Of the groups, and of the entries of one. */
export const ERRORS_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'errors.open', keys: ['enter'], label: 'open', description: 'Open the group, or the entry', weight: 50 },
  filterBinding('errors'),
  {
    id: 'errors.sort',
    keys: ['o'],
    label: 'sort',
    description: 'Sort by the next column, down and up',
    command: 'sort',
    weight: 24,
  },
  { id: 'errors.mark', keys: ['space'], label: 'mark', description: 'Mark the row', weight: 22 },
  { id: 'errors.mark-all', keys: ['a'], label: 'all', description: 'Mark all that the filter shows', weight: 22 },
  {
    id: 'errors.mailbox',
    keys: ['m'],
    label: 'mailbox',
    description: 'Open the mailbox of the entry',
    weight: 21,
  },
  {
    id: 'errors.copy',
    keys: ['y'],
    label: 'copy',
    description: 'Copy the entry, or all of the group, whole',
    command: 'copy',
    weight: 20,
  },
  {
    id: 'errors.save',
    keys: ['w'],
    label: 'save',
    description: 'Save the marked ones, or all that the filter shows, to a file',
    command: 'save',
    weight: 20,
  },
];

export const ENTRY_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'entry.mailbox', keys: ['m'], label: 'mailbox', description: 'Open its mailbox', weight: 40 },
  { id: 'entry.copy', keys: ['y'], label: 'copy', description: 'Copy the entry whole', command: 'copy', weight: 40 },
  {
    id: 'entry.save',
    keys: ['w'],
    label: 'save',
    description: 'Save the entry to a file',
    command: 'save',
    weight: 40,
  },
];
