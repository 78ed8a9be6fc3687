import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';
import { BATCH_BINDINGS } from '../shared/batch-keys.js';
import { filterBinding } from '../shared/use-filter.js';

/** Of both forms of the night: panes and table. */
export const NIGHT_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'night.left', keys: ['left'], label: 'left', description: 'One pane to the left', weight: 0 },
  { id: 'night.right', keys: ['right'], label: 'right', description: 'One pane to the right', weight: 0 },
  { id: 'night.open', keys: ['enter'], label: 'open', description: 'Open the mailbox under the cursor', weight: 0 },
  {
    id: 'night.form',
    keys: ['t'],
    label: 'table',
    description: 'Panes of those at work, or a table of all',
    command: 'table',
    weight: 28,
  },
  filterBinding('night'),
  {
    id: 'night.sort',
    keys: ['o'],
    label: 'sort',
    description: 'Sort the table by the next column, down and up',
    command: 'sort',
    when: 'in the table (t)',
    weight: 20,
  },
  {
    id: 'night.mark',
    keys: ['space'],
    label: 'mark',
    description: 'Mark the mailbox',
    when: 'in the table (t)',
    weight: 12,
  },
  {
    id: 'night.mark-all',
    keys: ['a'],
    label: 'all',
    description: 'Mark all that the filter shows',
    when: 'in the table (t)',
    weight: 12,
  },
  {
    id: 'night.pause',
    keys: ['p'],
    label: 'pause',
    description: 'Pause the mailbox or the marked ones, or let them go on',
    command: 'pause',
    weight: 0,
    changes: 'engine',
  },
  {
    id: 'night.start',
    keys: ['r'],
    label: 'run now',
    description: 'Start now what waits, rests or is held',
    command: 'run-now',
    weight: 0,
    changes: 'engine',
  },
  {
    id: 'night.copy',
    keys: ['y'],
    label: 'copy',
    description: 'Copy the name and the reason of the mailbox',
    command: 'copy',
    weight: 0,
  },
  {
    id: 'night.save',
    keys: ['w'],
    label: 'save',
    description: 'Save the list as it is filtered and sorted to a file',
    command: 'save',
    weight: 0,
  },
  ...BATCH_BINDINGS,
];
