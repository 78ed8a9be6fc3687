import { showCount } from '../../src/words/units.js';
import type { Beat } from './beat.js';
import type { Verdict } from './judge.js';
import { messagesOf, type NightMailbox } from './mailboxes.js';
import type { Review } from './play.js';
import type { Variant } from './variant.js';

/** The story of tonight, in lines of 80 columns. */
export function programme(mailboxes: readonly NightMailbox[], story: readonly Beat[], { factor }: Variant): string {
  const messages = mailboxes.reduce((sum, mailbox) => sum + messagesOf(mailbox), 0);
  return [
    `${mailboxes.length} mailboxes with ${showCount(messages)} messages move between two servers in this`,
    `process, each a round trip of 80 ms away. Time runs ${factor.working} times as fast, and`,
    `${showCount(factor.waiting)} times while every mailbox waits. What happens:`,
    '',
    ...story.map(({ who, what }) => `  ${who.padEnd(6)} ${what}`),
    '',
    '',
  ].join('\n');
}

/** The outcome, counted at both servers. */
export function reviewPage({ exitCode, verdicts, wrong }: Review): string {
  return [
    '',
    'Counted at both servers, byte for byte, with flags and dates, and in the error',
    'ledgers:',
    ...verdicts.map(verdictLine),
    '',
    ...(wrong.length === 0
      ? [`As scripted. The program itself ends with ${exitCode}:`, ...exitLines(exitCode)]
      : ['Not as scripted:', ...wrong.map((line) => `  ${line}`), `The program itself ended with ${exitCode}.`]),
    '',
  ].join('\n');
}

function verdictLine({ email, same, messages, lacks, extra, wrong }: Verdict): string {
  const who = email.split('@')[0] ?? email;
  const there = `${showCount(same).padStart(5)} of ${showCount(messages).padStart(5)} there`;
  return `  ${wrong.length === 0 ? 'ok ' : 'NOT'} ${who.padEnd(6)} ${there}, ${lacks} missing, ${extra} twice or altered`;
}

function exitLines(exitCode: number): string[] {
  return exitCode === 3
    ? ['a wrong password and what the destination will not have wait for somebody.', 'With all settled it is 0.']
    : ['all is settled.'];
}
