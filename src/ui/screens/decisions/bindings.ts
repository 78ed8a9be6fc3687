import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

export const DECISIONS_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  {
    id: 'decisions.undo',
    keys: ['u'],
    label: 'take back',
    description: 'Take the decision back, or remove the rule',
    command: 'undo',
    when: 'a decision that no worker has taken yet',
    weight: 60,
    changes: 'engine',
  },
  {
    id: 'decisions.copy',
    keys: ['y'],
    label: 'copy',
    description: 'Copy the decision in one line',
    command: 'copy',
    weight: 20,
  },
];
