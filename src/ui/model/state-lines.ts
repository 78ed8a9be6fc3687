import type { MailboxEntity, MailboxState } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import { reasonText } from '../../words/reason-text.js';

type Level = LogLine['level'];

/** States of a mailbox that are news, and how severe. What it does meanwhile is told folder by folder. */
const NEWS: Partial<Record<MailboxState['kind'], readonly [level: Level, words: string]>> = {
  held: ['error', 'held'],
  'backing-off': ['warn', 'backing off'],
  paused: ['info', 'paused'],
  stopped: ['info', 'stopped'],
  incomplete: ['warn', 'went through all its folders and is incomplete'],
  synced: ['info', 'went through all its folders'],
};

/**
 * The history of a mailbox as lines of the log: the engine publishes states and not lines.
 *
 * @param since  of its history, later than this is news
 */
export function stateLines({ email, history }: MailboxEntity, since: number): readonly LogLine[] {
  return history.flatMap(({ at, kind, because }) => {
    const news = NEWS[kind];
    if (!news || at <= since) return [];
    const [level, words] = news;
    const text = because === null ? words : `${words}: ${reasonText(because)}`;
    return [{ at, level, mailbox: email, side: null, folder: null, text }];
  });
}
