import type { ABOUT_THE_BATCH } from './advice-keys.js';
import type { Texts } from './texts.js';

/** Advice about a batch and its files, in words. */
export const OF_THE_BATCH: Texts<(typeof ABOUT_THE_BATCH)[number]> = {
  'another batch': 'Another batch writes into this mailbox; this one goes on when that one is done with it.',
  'mend and start': 'Mend what it names, then start it again, or `nightferry resume` the batch.',
  'mailbox document':
    'Mend the file that it names, then start the mailbox again, or resume the batch. What failed before stands in that file.',
  report: 'Report it, and resume.',
  'cause lost': 'Retry it: the next answer of the server says why it fails, if it still does.',
};
