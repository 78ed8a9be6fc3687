import type { MailboxState } from '../../protocol/entities.js';

export interface StateWords {
  /** The word in columns and headers. */
  readonly word: string;
  /** The sentence in the log, and in docs/words.md, which is made from this table. */
  readonly sentence: string;
}

/** Each state of a mailbox, in the order in which a mailbox comes to them. */
export const STATE_WORDS: Readonly<Record<MailboxState['kind'], StateWords>> = {
  queued: { word: 'queued', sentence: 'It waits for its start: the reason and the time stand beside it.' },
  connecting: { word: 'connecting', sentence: 'It logs in on both sides.' },
  scanning: { word: 'scanning', sentence: 'It reads what is there and what is missing.' },
  copying: { word: 'copying', sentence: 'Messages are read at the source and written to the destination.' },
  verifying: { word: 'verifying', sentence: 'The destination is read back and compared with the source.' },
  'backing-off': { word: 'backing off', sentence: 'Something failed that may pass: it tries again by itself.' },
  held: { word: 'held', sentence: 'It waits for you: nothing goes on before you act.' },
  paused: { word: 'paused', sentence: 'An operator paused it: it goes on when it is continued.' },
  stopped: { word: 'stopped', sentence: 'An operator stopped it: it goes on when it is started again.' },
  'given-up': {
    word: 'given up',
    sentence: 'An operator gave it up, with a reason: nothing of it is tried again unless that is undone.',
  },
  synced: { word: 'synced', sentence: 'All folders are done, and every message is accounted for.' },
  incomplete: { word: 'incomplete', sentence: 'All folders were tried, and messages are missing at the destination.' },
  completed: { word: 'complete', sentence: 'It is done for good: nothing of it is tried again.' },
};
