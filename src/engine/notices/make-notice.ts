import type { Instant } from '../../protocol/entities.js';
import { answerTo } from './answer-command.js';
import { type News, NOTICE_VERSION, type Notice } from './notice.js';
import { wordsFor } from './words.js';

/** @param typed  the batch as it is typed after a command */
export function makeNotice(news: News, batch: string, typed: string, at: Instant): Notice {
  const command = answerTo(news, typed);
  return { v: NOTICE_VERSION, ...news, at, batch, command, ...wordsFor(news, batch, command) };
}
