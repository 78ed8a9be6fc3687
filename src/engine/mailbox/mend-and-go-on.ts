/** What a mailbox asks for that is held by a file of ours: starting it again reads its documents again. */
export const MEND_AND_GO_ON = 'Mend what it names, then start it again, or `nightferry resume` the batch.';
