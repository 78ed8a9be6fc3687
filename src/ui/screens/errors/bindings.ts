import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';
import { TRIAGE_BINDINGS } from './triage-bindings.js';

/** The parts of a filter of errors; the engine reads it. */
export const FILTER_HINT = 'code: kind: side: mailbox: folder: command: words !without';

/** Of the groups, and of the entries of one. */
export const ERRORS_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'errors.mark', keys: ['space'], label: 'mark', description: 'Mark the row', weight: 52 },
  {
    id: 'errors.mark-all',
    keys: ['a'],
    label: 'all filtered',
    description: 'Mark all that the filter shows, or none of it',
    weight: 50,
  },
  { id: 'errors.open', keys: ['enter'], label: 'open', description: 'Open the group, or the entry', weight: 53 },
  {
    id: 'errors.explain',
    keys: ['x'],
    label: 'explain',
    description: 'Why it was read so: the rule, and what follows from it',
    command: 'explain',
    weight: 49,
  },
  {
    id: 'errors.sort',
    keys: ['o'],
    label: 'sort',
    description: 'Sort by the next column, down and up',
    command: 'sort',
    weight: 48,
  },
  {
    ...filterBinding('errors'),
    description: `Show what has these: ${FILTER_HINT}`,
    weight: 47,
  },
  ...TRIAGE_BINDINGS,
  {
    id: 'errors.save',
    keys: ['w'],
    label: 'save',
    description: 'Write all of it into a file, CSV or JSON',
    command: 'export',
    weight: 54,
  },
  {
    id: 'errors.by',
    keys: ['t'],
    label: 'by kind',
    description: 'Group by response code, or by kind',
    command: 'group-by',
    when: 'where groups are listed',
    weight: 27,
  },
  {
    id: 'errors.mailbox',
    keys: ['M'],
    label: 'mailbox',
    description: 'Open the mailbox of the entry',
    when: 'where its entries are listed',
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
];

/** Of one entry, a message at a time. */
export const ENTRY_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'entry.before', keys: ['left'], label: 'UID before', description: 'The message before', weight: 0 },
  { id: 'entry.after', keys: ['right'], label: 'next UID', description: 'The next message of the entry', weight: 52 },
  {
    id: 'entry.look',
    keys: ['m'],
    label: 'message',
    description: 'Ask the source for From, Subject, Date and size of the message',
    command: 'message',
    when: 'where it is of a message',
    weight: 53,
  },
  {
    id: 'entry.save',
    keys: ['w'],
    label: 'save .eml',
    description: 'Save the message to a file',
    command: 'save-message',
    when: 'where it is of a message',
    weight: 51,
  },
  {
    id: 'entry.explain',
    keys: ['x'],
    label: 'explain',
    description: 'Why it was read so: the rule, and what follows from it',
    command: 'explain',
    weight: 49,
  },
  ...TRIAGE_BINDINGS,
  { id: 'entry.mailbox', keys: ['M'], label: 'mailbox', description: 'Open its mailbox', weight: 25 },
  { id: 'entry.copy', keys: ['y'], label: 'copy', description: 'Copy the entry whole', command: 'copy', weight: 25 },
];
