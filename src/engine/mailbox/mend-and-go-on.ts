import type { Advice } from '../../words/advice/advice.js';

/** The advice where a file of ours holds a mailbox. A start of the mailbox reads its documents again. */
export const MEND_AND_GO_ON: Advice = { key: 'mend and start' };
