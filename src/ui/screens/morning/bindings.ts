import type { Binding } from '../../keys/bindings.js';
import { SCROLL_BINDINGS } from '../../shell/ScrolledPage.js';

/** Lines that have a key of their own. */
export const NUMBERED = 9;

export const MORNING_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  { id: 'morning.open', keys: ['enter'], label: 'go there', description: 'Go where the line leads', weight: 60 },
  ...Array.from({ length: NUMBERED }, (_, index): Binding => {
    const key = String(index + 1);
    const label = index === 0 ? `to ${NUMBERED}` : '';
    return {
      id: `morning.${key}`,
      keys: [key],
      label,
      description: `Go where line ${key} leads`,
      weight: index === 0 ? 50 : 0,
    };
  }),
];
