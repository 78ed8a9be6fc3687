import { adviceText } from '../../words/advice/advice-text.js';
import { reasonText } from '../../words/reason-text.js';
import { showAbout, showMinute } from '../../words/times.js';
import { plural, showCount } from '../../words/units.js';
import type { EndedVerdict, NeedCause, News } from './notice.js';

/** The text of a notice, in a line and in several. */
export interface Wording {
  readonly title: string;
  readonly text: string;
}

/** The batch of a notice. */
export interface NoticeOf {
  readonly batch: string;
  /** The batch as it is typed after a command. */
  readonly typed: string;
  /** The command that answers it; '': none does. */
  readonly command: string;
}

export function wordsFor(news: News, { batch, typed, command }: NoticeOf): Wording {
  const { title, lines } = saidOf(news, typed);
  const text = [...lines, ...(command === '' ? [] : [command])].filter((line) => line !== '').join('\n');
  return { title: `${batch}: ${title}`, text };
}

function saidOf(news: News, typed: string): { readonly title: string; readonly lines: readonly string[] } {
  switch (news.event) {
    case 'ended':
      return { title: ENDED[news.verdict], lines: endedLines(news) };
    case 'needs-you':
      return {
        title: `needs you: ${causeWords(news.cause)}, ${mailboxes(news.mailboxes)}`,
        lines: needLines(news, typed),
      };
    case 'server-left-alone':
      return {
        title: `${news.side} left alone until ${showMinute(news.until)} UTC`,
        lines: [`${news.server}: ${news.because}`, 'Then one mailbox tries, and the others follow if it is let in.'],
      };
    case 'stalled':
      return {
        title: `nothing has moved for ${showAbout(news.silentFor)}`,
        lines: [`${mailboxes(news.mailboxes)} at work: ${list(news.examples, news.mailboxes)}`],
      };
    case 'budget-spent':
      return {
        title: `${news.side}: ${reasonText(news.because)}, ${mailboxes(news.mailboxes)} until ${showMinute(news.until)} UTC`,
        lines: [list(news.examples, news.mailboxes), 'They go on by themselves then.'],
      };
    case 'window-closing':
      return {
        title: `hours end at ${showMinute(news.closesAt)} UTC, ${mailboxes(news.left)} left`,
        lines: [`Of ${mailboxes(news.mailboxes)}. They go on when the hours begin again.`],
      };
    case 'test':
      return { title: 'a test notice', lines: ['Notices of this batch arrive here.'] };
  }
}

const ENDED: Readonly<Record<EndedVerdict, string>> = {
  'all-settled': 'done, all settled',
  'errors-open': 'ended with errors open',
  stopped: 'stopped before the end',
  bug: 'ended by a bug',
};

function endedLines({ mailboxes: all, counts, errors, needs }: Extract<News, { event: 'ended' }>): readonly string[] {
  const { copied, matched, skipped, failed, left } = counts;
  const figures: readonly (readonly [number, string])[] = [
    [copied, 'copied'],
    [matched, 'found there'],
    [skipped, 'skipped'],
    [failed, 'failed'],
    [left, 'left'],
  ];
  const said = figures.filter(([n]) => n > 0).map(([n, word]) => `${showCount(n)} ${word}`);
  return [
    `${mailboxes(all)}; messages: ${said.length === 0 ? 'none' : said.join(', ')}`,
    errors > 0 ? `${plural(errors, 'error')} open` : '',
    needs > 0 ? `${mailboxes(needs)} ${needs === 1 ? 'needs' : 'need'} you` : '',
  ];
}

function needLines(news: Extract<News, { event: 'needs-you' }>, typed: string): readonly string[] {
  const { cause, examples, fresh, messages, mailboxes: all } = news;
  return [
    `${fresh < all ? `${showCount(fresh)} more: ` : ''}${list(examples, fresh)}`,
    cause.response === '' ? '' : `${cause.side === null ? '' : `${cause.side}: `}${cause.response}`,
    adviceText(cause.asks, typed),
    messages ? `${plural(messages, 'message')} ${messages === 1 ? 'waits' : 'wait'} for it` : '',
  ];
}

function causeWords({ kind, side, code }: NeedCause): string {
  const of = side === null ? '' : ` of the ${side}`;
  switch (kind) {
    case 'password':
      return code === null ? `a password${of} is missing` : `${code} at the ${side}`;
    case 'held':
      return code === null ? 'held' : side === null ? code : `${code} at the ${side}`;
    case 'waits-long':
      return `waiting for over an hour${side === null ? '' : ` for the ${side}`}`;
    case 'incomplete':
      return 'incomplete, messages are missing';
    case 'left-behind':
      return 'messages were not copied';
    case 'twice':
      return 'messages stand twice at the destination';
  }
}

const mailboxes = (n: number) => plural(n, 'mailbox', 'mailboxes');

function list(examples: readonly string[], of: number): string {
  const more = of - examples.length;
  return `${examples.join(', ')}${more > 0 ? ` and ${showCount(more)} more` : ''}`;
}
