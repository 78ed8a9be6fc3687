import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { filterBinding } from '../shared/use-filter.js';
import { TRIAGE_BINDINGS } from './triage-bindings.js';

/** The parts of a filter of errors; the engine reads it. */
export const FILTER_HINT = 'code: kind: side: mailbox: folder: command: words !without';

/** Keys of the groups, and of the entries of one. */
export const ERRORS_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.mark', { id: 'errors.mark', weight: 52 }),
  bind('look.markAll', { id: 'errors.mark-all', label: 'all filtered', weight: 50 }),
  bind('look.open', { id: 'errors.open', description: 'Open the group, or the entry', weight: 53 }),
  bind('look.explain', { id: 'errors.explain', command: 'explain', weight: 49 }),
  bind('look.sort', { id: 'errors.sort', command: 'sort', weight: 48 }),
  bind('look.headers', {
    id: 'errors.headers',
    description: 'Ask the source for From, Subject and size of the messages',
    command: 'headers',
    weight: 22,
  }),
  { ...filterBinding('errors'), description: `Show what has these: ${FILTER_HINT}`, weight: 47 },
  ...TRIAGE_BINDINGS,
  bind('look.save', {
    id: 'errors.save',
    description: 'Write all of it into a file, CSV or JSON',
    command: 'export',
    weight: 54,
  }),
  bind('look.arrange', {
    id: 'errors.by',
    label: 'by kind',
    description: 'Group by response code, or by kind',
    command: 'group-by',
    when: 'where groups are listed',
    weight: 27,
  }),
  bind('look.mailbox', {
    id: 'errors.mailbox',
    description: 'Open the mailbox of the entry',
    when: 'where its entries are listed',
    weight: 21,
  }),
  bind('look.copy', {
    id: 'errors.copy',
    description: 'Copy the entry, or all of the group, whole',
    command: 'copy',
    weight: 20,
  }),
];

const OF_A_MESSAGE = 'where it is of a message';

/** Keys of one entry, a message at a time. */
export const ENTRY_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.left', {
    id: 'entry.before',
    label: 'UID before',
    description: 'The message before',
    when: 'where it is of several messages',
    weight: 0,
  }),
  bind('look.right', {
    id: 'entry.after',
    label: 'next UID',
    description: 'The next message of the entry',
    when: 'where it is of several messages',
    weight: 52,
  }),
  bind('look.headers', { id: 'entry.look', command: 'headers', when: OF_A_MESSAGE, weight: 53 }),
  bind('look.save', {
    id: 'entry.save',
    label: 'save .eml',
    description: 'Save the message to a file',
    command: 'save-message',
    when: OF_A_MESSAGE,
    weight: 51,
  }),
  bind('look.explain', { id: 'entry.explain', command: 'explain', weight: 49 }),
  ...TRIAGE_BINDINGS,
  bind('look.mailbox', { id: 'entry.mailbox', description: 'Open its mailbox', weight: 25 }),
  bind('look.copy', { id: 'entry.copy', description: 'Copy the entry whole', command: 'copy', weight: 25 }),
];
