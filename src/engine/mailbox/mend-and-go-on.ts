/** Asked of the operator when a file of ours holds a mailbox: starting it again reads its documents again. */
export const MEND_AND_GO_ON = 'Mend what it names, then start it again, or `nightferry resume` the batch.';
