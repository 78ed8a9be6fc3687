import type { News } from './notice.js';

/**
 * The command that answers news, as it is typed into a shell.
 *
 * @param typed  the batch as it is typed after a command
 */
export function answerTo(news: News, typed: string): string {
  switch (news.event) {
    case 'needs-you':
      return answerToNeed(news, typed);
    case 'ended':
      if (news.verdict === 'stopped' || news.verdict === 'bug') return `nightferry resume ${typed}`;
      return news.verdict === 'all-settled' ? `nightferry status ${typed}` : `nightferry errors ${typed}`;
    case 'server-left-alone':
    case 'stalled':
    case 'budget-spent':
    case 'window-closing':
      return `nightferry attach ${typed}`;
    case 'test':
      return '';
  }
}

function answerToNeed({ cause, mailboxes, examples, engine }: News & { event: 'needs-you' }, typed: string): string {
  const [only] = examples;
  const one = mailboxes === 1 && only !== undefined ? ` --mailbox ${quoted(only)}` : '';
  // Held mailboxes are tried again by the next run, and nobody takes a password before.
  if (engine === 'ended' && ['password', 'held', 'waits-long'].includes(cause.kind))
    return `nightferry resume ${typed}`;
  switch (cause.kind) {
    case 'password':
      // The console asks for those of many, one after the other.
      return one === '' ? `nightferry attach ${typed}` : `nightferry password ${typed}${one}`;
    // The console tells what the provider should be sent.
    case 'waits-long':
      return `nightferry attach ${typed}`;
    case 'held':
      if (one !== '') return `nightferry release ${typed}${one}`;
      return `nightferry release ${typed}${cause.code === null ? '' : ` --code ${cause.code}`}`;
    case 'incomplete':
    case 'left-behind':
      return `nightferry errors ${typed}${one}`;
    case 'twice':
      return `nightferry quarantine ${typed}`;
  }
}

/** One word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@./+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
