import type { MailboxEntity, MailboxState } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import { reasonText } from '../../words/reason-text.js';
import { STATE_WORDS } from './state-words.js';

type Level = LogLine['level'];

/** States of a mailbox that are news, and how severe. What it does meanwhile is told folder by folder. */
const NEWS: Partial<Record<MailboxState['kind'], Level>> = {
  held: 'error',
  'backing-off': 'warn',
  paused: 'info',
  stopped: 'info',
  incomplete: 'warn',
  synced: 'info',
};

/**
 * The history of a mailbox as lines of the log: the engine publishes states and not lines.
 *
 * @param since  of its history, later than this is news
 */
export function stateLines({ email, history }: MailboxEntity, since: number): readonly LogLine[] {
  return history.flatMap(({ at, kind, because }) => {
    const level = NEWS[kind];
    if (!level || at <= since) return [];
    const { word, sentence } = STATE_WORDS[kind];
    const text = because === null ? `${word}. ${sentence}` : `${word}: ${reasonText(because)}`;
    return [{ at, level, mailbox: email, side: null, folder: null, text }];
  });
}
