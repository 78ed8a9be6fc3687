import { type Binding, bind, keyOf } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { BATCH_BINDINGS } from '../shared/batch-keys.js';
import { filterBinding } from '../shared/use-filter.js';

const IN_TABLE = `in the table (${keyOf('look.arrange')})`;
const AMONG_PANES = `among the panes (${keyOf('look.arrange')})`;

/** Keys of both forms of the night: panes and table. */
export const NIGHT_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.left', { id: 'night.left', description: 'One pane to the left', when: AMONG_PANES, weight: 0 }),
  bind('look.right', {
    id: 'night.right',
    description: 'One pane to the right',
    when: AMONG_PANES,
    weight: 0,
  }),
  bind('look.open', { id: 'night.open', description: 'Open what answers the row, or the mailbox', weight: 0 }),
  bind('look.mailbox', {
    id: 'night.mailbox',
    description: 'Open the mailbox under the cursor, whatever it needs',
    command: 'mailbox',
    weight: 0,
  }),
  bind('look.arrange', {
    id: 'night.form',
    label: 'table',
    description: 'Panes of those at work, or a table of all',
    command: 'table',
    weight: 28,
  }),
  filterBinding('night'),
  bind('look.sort', {
    id: 'night.sort',
    description: 'Choose what the table is sorted by',
    command: 'sort',
    when: IN_TABLE,
    weight: 20,
  }),
  bind('look.mark', { id: 'night.mark', description: 'Mark the mailbox', when: IN_TABLE, weight: 12 }),
  bind('look.markAll', { id: 'night.mark-all', when: IN_TABLE, weight: 12 }),
  bind('work.run', {
    id: 'night.start',
    description: 'Start now what waits, rests or is held',
    command: 'run-now',
    weight: 0,
  }),
  bind('work.pause', {
    id: 'night.pause',
    description: 'Pause the mailbox or the marked ones, or let them go on',
    command: 'pause',
    weight: 0,
  }),
  bind('work.giveUp', { id: 'night.give-up', command: 'give-up', weight: 0 }),
  bind('look.copy', {
    id: 'night.copy',
    description: 'Copy the name and the reason of the mailbox',
    command: 'copy',
    weight: 0,
  }),
  bind('look.save', { id: 'night.save', command: 'save', weight: 0 }),
  ...BATCH_BINDINGS,
];
