import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

/** Lines that have a key of their own. */
export const NUMBERED = 9;

export const MORNING_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'morning.open', keys: ['enter'], label: 'go there', description: 'Go where the line leads', weight: 60 },
  {
    id: 'morning.line',
    keys: Array.from({ length: NUMBERED }, (_, index) => String(index + 1)),
    label: `to ${NUMBERED}`,
    description: 'Go where the line of this number leads',
    weight: 50,
  },
];
