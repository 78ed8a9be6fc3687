import { type Binding, bind } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

/** Lines that have a key of their own. */
export const NUMBERED = 9;

export const MORNING_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.open', { id: 'morning.open', label: 'go there', description: 'Go where the line leads', weight: 60 }),
  bind('look.line', {
    id: 'morning.line',
    label: `to ${NUMBERED}`,
    description: 'Go where the line of this number leads',
    weight: 50,
  }),
];
