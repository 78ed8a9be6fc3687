import type { Results } from '../../protocol/results.js';
import { showAbout, showDuration } from '../../words/times.js';
import { plural, showByteRate, showBytes, showCount, showRate } from '../../words/units.js';

/** The verdict in one sentence. */
export function verdictText(results: Results): string {
  const { verdict, mailboxes, inStep, open, needing, stopped, otherWaves } = results;
  const others = otherWaves === 0 ? '' : `; ${plural(otherWaves, 'mailbox waits', 'mailboxes wait')} for another wave`;
  const brokenOff = stopped === 0 ? '' : `, ${plural(stopped, 'was', 'were')} stopped before the end`;
  switch (verdict) {
    case 'at work':
      return `at work: ${showCount(inStep)} of ${plural(mailboxes - otherWaves, 'mailbox', 'mailboxes')} are in step${others}`;
    case 'needs you':
      return `${showCount(needing)} of ${plural(mailboxes, 'mailbox needs', 'mailboxes need')} you${brokenOff}: ${notCopiedText(results)}`;
    case 'stopped':
      return `stopped before the end: ${plural(open, 'mailbox is', 'mailboxes are')} not done`;
    case 'left out':
      return `done, and nothing needs you: ${leftOutText(results)} by decision${others}`;
    case 'settled':
      return `all settled: ${plural(mailboxes - otherWaves, 'mailbox is', 'mailboxes are')} in step${others}`;
  }
}

function notCopiedText({ counts, leftOut, needs }: Results): string {
  const open = Math.max(0, counts.left + counts.failed - leftOut.accepted - leftOut.givenUp);
  const unknown = needs.some(({ messages }) => messages === null) ? ', and what nobody could look into' : '';
  if (open === 0) return unknown === '' ? 'no message is missing' : 'what nobody could look into is not copied';
  return `${plural(open, 'message is', 'messages are')} not copied${unknown}`;
}

/** The messages that stay behind by decision. */
function leftOutText({ counts, leftOut, givenUp }: Results): string {
  return [
    counts.skipped > 0 ? `${plural(counts.skipped, 'message')} skipped` : '',
    counts.outside > 0 ? `${plural(counts.outside, 'message')} left out by date` : '',
    leftOut.accepted > 0 ? `${plural(leftOut.accepted, 'message')} in accepted folders not copied` : '',
    givenUp.length > 0
      ? `${plural(givenUp.length, 'mailbox', 'mailboxes')} given up${leftOut.givenUp > 0 ? ` (${plural(leftOut.givenUp, 'message')} not copied)` : ''}`
      : '',
  ]
    .filter((one) => one !== '')
    .join(', ');
}

/** The sums of messages, without those that are 0: `copied 9,092 (34.1 MB)  were there 120  ...` */
export function countsText({ counts, leftOut, givenUp }: Results): string {
  const left = Math.max(0, counts.left - leftOut.accepted);
  return [
    `copied ${showCount(counts.copied)} (${showBytes(counts.bytesCopied)})`,
    ...some('were there', counts.matched),
    ...some('skipped', counts.skipped),
    ...some('left out by date', counts.outside),
    ...some('failed', counts.failed),
    ...some('left', left),
    ...some('accepted', leftOut.accepted),
    ...some('gone at the source', counts.vanished),
    ...(givenUp.length > 0 ? [`given up ${plural(givenUp.length, 'mailbox', 'mailboxes')}`] : []),
  ].join('   ');
}

const some = (word: string, n: number): readonly string[] => (n > 0 ? [`${word} ${showCount(n)}`] : []);

/** `1 h 12 min, 3.4/s, 120 kB/s` */
export function paceText({ elapsed, rate }: Results): string {
  const took = elapsed < 60_000 ? showDuration(elapsed) : showAbout(elapsed);
  return `took ${took}, ${showRate(rate.messages)}, ${showByteRate(rate.bytes)}`;
}

/** A command, and what it does. */
export interface NextCommand {
  readonly command: string;
  readonly does: string;
  /** Null: the command opens nothing that stays. */
  readonly opens: 'console' | null;
}

/**
 * Commands to type next.
 *
 * @param typed  the batch as it is typed after a command
 */
export function nextCommands({ verdict, needs }: Results, typed: string): readonly NextCommand[] {
  const next = (verb: string, does: string): NextCommand => ({
    command: `nightferry ${verb} ${typed}`,
    does,
    opens: verb === 'attach' ? 'console' : null,
  });
  switch (verdict) {
    case 'at work':
      return [next('attach', 'opens the console on it')];
    case 'needs you':
      return [
        next('attach', 'lists them, with the key that answers each'),
        ...(needs.some(({ answer }) => answer === 'doubles') ? [next('quarantine', 'moves second copies away')] : []),
        next('resume', 'tries all of it again'),
      ];
    case 'stopped':
      return [next('resume', 'goes on')];
    case 'left out':
      return [
        next('decisions', 'lists what was left out, by whom and why'),
        next('resume', 'copies what arrived since'),
      ];
    case 'settled':
      return [next('resume', 'copies what arrived since')];
  }
}
