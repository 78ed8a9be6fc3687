import type { Screen } from '../../shell/screen.js';
import { BATCH_LIST_BINDINGS, FORM_BINDINGS } from './bindings.js';
import { StartScreen } from './StartScreen.js';

/** The screens of a console without a batch. */
export function startScreens(): readonly Screen[] {
  return [
    {
      name: 'start',
      action: null,
      label: 'start',
      description: 'Batches, and a form to move one mailbox',
      title: () => 'nightferry',
      bindings: [...BATCH_LIST_BINDINGS, ...FORM_BINDINGS],
      component: StartScreen,
    },
  ];
}
