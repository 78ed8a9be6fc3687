import type { Advice } from '../../words/advice/advice.js';

/** Asked of the operator when a file of ours holds a mailbox: starting it again reads its documents again. */
export const MEND_AND_GO_ON: Advice = { key: 'mend and start' };
