import { type Binding, besideText, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

/** Keys of the list of batches. */
export const BATCH_LIST_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.open', {
    id: 'start.open',
    description: 'Open the batch; where none runs nothing starts by itself',
    weight: 50,
  }),
  bind('work.run', {
    id: 'start.resume',
    label: 'resume',
    description: 'Start the engine of the batch again and open it',
    command: 'resume',
    when: 'on a batch that rests',
    weight: 40,
  }),
  bind('work.delete', {
    id: 'start.delete',
    description: 'Delete the records of the batch; mail stays where it is',
    command: 'delete',
    when: 'on a batch that rests',
    weight: 30,
  }),
  bind('form.create', { id: 'start.form', command: 'move', weight: 45 }),
  bind('form.check', { id: 'start.check', command: 'check', weight: 35 }),
  bind('look.next', { id: 'start.next', label: 'the form', description: 'Go into the form below', weight: 0 }),
];

/** Keys of the form, where letters are text. */
export const FORM_BINDINGS: readonly Binding[] = [
  bind('look.next', { id: 'form.next', label: 'next field', description: 'The next field', weight: 50 }),
  bind('look.previous', { id: 'form.back', description: 'The field before', weight: 0 }),
  bind('look.down', { id: 'form.down', description: 'The next field', weight: 0 }),
  bind('look.up', { id: 'form.up', description: 'The field before', weight: 0 }),
  bind('look.open', {
    id: 'form.press',
    label: 'press',
    description: 'Press the button, or go to the next field',
    weight: 60,
  }),
  bind('form.certificates', { id: 'form.certificates', weight: 40 }),
  bind('look.back', { id: 'form.leave', label: 'batches', description: 'Back to the list of batches', weight: 110 }),
].map(besideText);
