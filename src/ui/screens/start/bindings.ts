import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

/** Of the list of batches. */
export const BATCH_LIST_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  {
    id: 'start.open',
    keys: ['enter'],
    label: 'open',
    description: 'Open the batch; where none runs nothing starts by itself',
    weight: 50,
  },
  {
    id: 'start.resume',
    keys: ['r'],
    label: 'resume',
    description: 'Start the engine of the batch again and open it',
    command: 'resume',
    weight: 40,
    changes: 'engine',
  },
  {
    id: 'start.delete',
    keys: ['d'],
    label: 'delete',
    description: 'Delete the records of the batch; mail stays where it is',
    command: 'delete',
    weight: 30,
    changes: 'engine',
  },
  {
    id: 'start.form',
    keys: ['m', 'tab'],
    label: 'move a mailbox',
    description: 'Fill in the form that moves one mailbox',
    command: 'move',
    weight: 45,
    changes: 'engine',
  },
];

/** Of the form, where letters are text. */
export const FORM_BINDINGS: readonly Binding[] = [
  { id: 'form.next', keys: ['tab', 'down'], label: 'next field', description: 'The next field', weight: 50 },
  { id: 'form.back', keys: ['shift+tab', 'up'], label: 'back', description: 'The field before', weight: 0 },
  {
    id: 'form.press',
    keys: ['enter'],
    label: 'press',
    description: 'Press the button, or go to the next field',
    weight: 60,
  },
  {
    id: 'form.certificates',
    keys: ['ctrl+r'],
    label: 'certificates',
    description: 'Trust a server by its fingerprint or its authority',
    weight: 40,
  },
  { id: 'form.leave', keys: ['esc'], label: 'batches', description: 'Back to the list of batches', weight: 110 },
];
