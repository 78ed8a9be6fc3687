import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

export const DECISIONS_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('work.undo', {
    id: 'decisions.undo',
    label: 'take back',
    description: 'Take the decision back, or remove the rule',
    command: 'undo',
    when: 'a decision that no worker has taken yet',
    weight: 60,
  }),
  bind('look.copy', {
    id: 'decisions.copy',
    description: 'Copy the decision in one line',
    command: 'copy',
    weight: 20,
  }),
];
