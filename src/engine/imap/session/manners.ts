import type { Flow } from '../connection/flow.js';

/** When a server is told who we are. */
export type Introduces = 'where offered' | 'always';

/** How a server wants to be spoken to, as it was learned from it: every connection is opened with it. */
export interface Manners {
  readonly flow: Flow;
  readonly introduces: Introduces;
}

/** Of a server that nothing is known of yet. */
export const ORDINARY: Manners = { flow: 'pipelined', introduces: 'where offered' };
