import type { NoticeShape } from '../../../words/notice-shape.js';
import type { Notice } from '../notice.js';
import { splitTopic } from './notice-url.js';

/** A request: the body, and where it is posted. */
export interface Post {
  readonly to: URL;
  readonly body: string;
}

/** Bytes; ntfy makes an attachment of more than 4,096. */
const LONGEST_TEXT = 3_000;

export function postFor(notice: Notice, url: URL, shape: Exclude<NoticeShape, 'mail'>): Post {
  switch (shape) {
    case 'json':
      return { to: url, body: JSON.stringify(notice) };
    case 'ntfy': {
      const { base, topic } = splitTopic(url);
      const { title, text } = notice;
      const body = { topic, title, message: short(text), priority: priorityOf(notice), tags: [tagOf(notice)] };
      return { to: base, body: JSON.stringify(body) };
    }
    case 'slack':
      return { to: url, body: JSON.stringify({ text: `*${escaped(notice.title)}*\n${escaped(short(notice.text))}` }) };
  }
}

/** 3 is ntfy's default, 4 makes a phone heard. */
function priorityOf(notice: Notice): 3 | 4 {
  if (notice.event === 'ended') return notice.verdict === 'all-settled' ? 3 : 4;
  return notice.event === 'test' ? 3 : 4;
}

function tagOf(notice: Notice): string {
  if (notice.event === 'ended') return notice.verdict === 'all-settled' ? 'white_check_mark' : 'warning';
  return notice.event === 'test' ? 'bell' : 'warning';
}

/** Slack reads these three as marks (api.slack.com, "Formatting text"). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function short(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= LONGEST_TEXT) return text;
  // A character that was cut apart is left out.
  return `${bytes
    .subarray(0, LONGEST_TEXT)
    .toString('utf8')
    .replace(/\ufffd+$/, '')}...`;
}
