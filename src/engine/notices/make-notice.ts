import type { Instant } from '../../protocol/entities.js';
import { adviceText } from '../../words/advice/advice-text.js';
import { answerTo } from './answer-command.js';
import { type NeedCause, type News, NOTICE_VERSION, type Notice, type NoticeCause } from './notice.js';
import { wordsFor } from './words.js';

/** @param typed  the batch as it is typed after a command */
export function makeNotice(news: News, batch: string, typed: string, at: Instant): Notice {
  const command = answerTo(news, typed);
  const told = news.event === 'needs-you' ? { ...news, cause: causeInWords(news.cause, typed) } : news;
  return { v: NOTICE_VERSION, ...told, at, batch, command, ...wordsFor(news, { batch, typed, command }) };
}

function causeInWords(cause: NeedCause, typed: string): NoticeCause {
  return { ...cause, asks: adviceText(cause.asks, typed), asksKey: cause.asks?.key ?? null };
}
