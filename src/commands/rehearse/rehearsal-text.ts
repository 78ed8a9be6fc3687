import type { Throttle } from '../../engine/rehearsal/habits/habits.js';
import type { LateBecause, LateGroup } from '../../engine/rehearsal/late.js';
import type { LeftOut } from '../../engine/rehearsal/loads.js';
import type { Pace, PaceOrigin } from '../../engine/rehearsal/pace.js';
import type { Rehearsal } from '../../engine/rehearsal/rehearse.js';
import type { Rehearsed } from '../../engine/rehearsal/rehearsed.js';
import type { Change } from '../../engine/rehearsal/what-helps.js';
import { reasonText } from '../../words/reason-text.js';
import { SIDES } from '../../words/side.js';
import { showDuration, showMinute } from '../../words/times.js';
import { plural, showByteRate, showBytes, showCount } from '../../words/units.js';

/** Addresses of a group that are named. */
const NAMED = 5;

/** The answer: how many are done by the hour, and when all are. */
export function answerLines({ rehearsal, sorted }: Rehearsed): readonly string[] {
  const { by, doneBy, mailboxes, from } = rehearsal;
  const all = mailboxes.length + sorted.done;
  const lines: string[] = [];
  if (by !== null && doneBy !== null) {
    const [middle, low, high] = [doneBy.middle, doneBy.from, doneBy.to].map((many) => showCount(many + sorted.done));
    const range = low === high ? '' : ` (90%: ${low} to ${high})`;
    lines.push(`By ${showMinute(by, from)} ${middle} of ${plural(all, 'mailbox is', 'mailboxes are')} synced${range}.`);
  }
  lines.push(mailboxes.length === 0 ? 'Nothing is left to be moved.' : endLine(rehearsal));
  return lines;
}

function endLine({ end, from }: Rehearsal): string {
  const at = (value: number | null) => (value === null ? 'later than 90 days from now' : showMinute(value, from));
  const begins = showMinute(from);
  if (end.middle === null) return `Begun at ${begins}, the last one is done ${at(null)}.`;
  return `Begun at ${begins}, the last one is done at ${at(end.middle)} (90%: ${at(end.from)} to ${at(end.to)}).`;
}

/** Mailboxes that are late, and why. */
export function lateLines({ late, by, from }: Rehearsal): readonly string[] {
  if (by === null || late.length === 0) return [];
  const many = late.reduce((sum, { mailboxes }) => sum + mailboxes.length, 0);
  return [
    `Not by ${showMinute(by, from)}: ${plural(many, 'mailbox', 'mailboxes')}`,
    ...late.map((group) => `  ${showCount(group.mailboxes.length)} ${becauseText(group.because)}: ${namesOf(group)}`),
  ];
}

function becauseText(because: LateBecause): string {
  switch (because.key) {
    case 'work':
      return 'for their size';
    case 'asked to rest':
      return 'since servers ask for rests, as they did before';
    case 'allowance': {
      const amount = because.unit === 'bytes' ? showBytes(because.most) : plural(because.most, 'message');
      const whose = because.of === 'account' ? 'an account' : 'all together';
      return `because the ${because.side} allows ${whose} ${amount} a day`;
    }
    case 'place':
      return `since ${plural(because.concurrency, 'mailbox is', 'mailboxes are')} at work at once`;
    case 'endpoint full':
      return `since the ${because.side} bears ${plural(because.connections, 'connection')}`;
    case 'stagger':
      return 'since first starts are staggered';
    case 'window closed':
      return 'since the window closes';
    default:
      return reasonText(because);
  }
}

function namesOf({ mailboxes }: LateGroup): string {
  const names = mailboxes.slice(0, NAMED).map(({ load }) => load.row.email);
  const more = mailboxes.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${showCount(more)} more` : '');
}

/** The ground on which the answer rests, and all that is unknown. */
export function basisLines({ rehearsal, sorted }: Rehearsed): readonly string[] {
  const { pace, mailboxes } = rehearsal;
  const unseen = mailboxes.filter(({ load }) => load.known === 'guessed').length;
  return [
    `pace: ${originText(pace.origin)}: ${rateText(rehearsal)}`,
    ...habitLines(pace),
    ...censusLines(rehearsal, sorted),
    ...(unseen === 0
      ? []
      : [
          `unknown: nobody looked into ${plural(unseen, 'mailbox', 'mailboxes')}, taken for middling ones: \`nightferry check\` counts them`,
        ]),
    ...sorted.leftOut.map(leftOutLine),
  ];
}

/** Milliseconds after which a census is no longer that of the night. */
const OLD = 3_600_000;

/** A mailbox that grew since it was counted takes longer than it is told. */
function censusLines({ from }: Rehearsal, { countedAt }: Rehearsed['sorted']): readonly string[] {
  if (countedAt === null || from - countedAt < OLD) return [];
  return [
    `sizes: as a check counted them at ${showMinute(countedAt, from)}; mail that came since is not among them: \`nightferry check\` counts again`,
  ];
}

/** Refusals that are played as they were seen, and whether any could be seen. */
function habitLines({ habits: { throttle, chance, connections }, origin }: Pace): readonly string[] {
  if (origin.kind === 'assumed') return ['unknown: whether the servers throttle: nobody has moved anything here'];
  const lines = [
    ...(throttle === null ? [] : [throttleText(throttle)]),
    ...(chance === null
      ? []
      : [`rests: after ${plural(chance.refusals.length, 'refusal')} by chance then, taken to go on so`]),
    ...SIDES.flatMap((side) => {
      const most = connections[side];
      return most === undefined ? [] : [`connections: the ${side} refused more than ${showCount(most)} then`];
    }),
  ];
  return lines.length === 0 ? ['rests: no server asked for one then'] : lines;
}

function throttleText({ refusal: { side }, counts, served, renews }: Throttle): string {
  const mean = served.reduce((sum, one) => sum + one, 0) / served.length;
  const amount = {
    messages: () => plural(Math.round(mean), 'message'),
    bytes: () => showBytes(mean),
    work: () => `${showDuration(mean)} of work`,
  }[counts]();
  const after = showDuration(renews.likely);
  const since = renews.since === 'refusal' ? 'after it refused' : 'after it began';
  return `throttled: the ${side} served an account about ${amount}, and again ${after} ${since}; taken to go on so`;
}

function originText(origin: PaceOrigin): string {
  if (origin.kind === 'assumed')
    return 'assumed, nothing was moved between these servers yet: move a few mailboxes first, and it is measured';
  const { mailboxes, batches, atOnce } = origin;
  return `measured on ${plural(mailboxes, 'mailbox', 'mailboxes')} of ${batches.join(', ')}, up to ${showCount(atOnce)} at once`;
}

/** One mailbox with middling messages. */
function rateText({ pace: { costs }, mailboxes }: Rehearsal): string {
  const messages = mailboxes.reduce((sum, { load }) => sum + load.messages, 0);
  const bytes = mailboxes.reduce((sum, { load }) => sum + load.bytes, 0);
  const ms = messages * costs.perMessage + bytes * costs.perByte;
  return ms > 0 ? `${showByteRate((bytes * 1000) / ms)} a mailbox` : 'nothing is left to be moved';
}

function leftOutLine({ why, rows }: LeftOut): string {
  const what = plural(rows.length, 'mailbox', 'mailboxes');
  switch (why) {
    case 'another wave':
      return `not moved: ${what} of another wave`;
    case 'held':
      return `not moved: ${what} held until somebody acts: \`nightferry status\` says why`;
    case 'given up':
      return `not moved: ${what} given up`;
  }
}

/** Changes that would help, and by how much. */
export function helpLines({ rehearsal, sorted, helps }: Rehearsed): readonly string[] {
  const { by, from, mailboxes } = rehearsal;
  const all = mailboxes.length + sorted.done;
  return helps.map(({ change, doneBy, end }) => {
    const ends = end === null ? [] : [`all by ${showMinute(end, from)}`];
    const done =
      by === null || doneBy === null
        ? []
        : [`${showCount(doneBy + sorted.done)} of ${showCount(all)} by ${showMinute(by, from)}`];
    return `would help: ${changeText(change, rehearsal)}: ${[...done, ...ends].join(', ')}`;
  });
}

function changeText(change: Change, { from, pace: { origin } }: Rehearsal): string {
  switch (change.key) {
    case 'concurrency': {
      const measured = origin.kind === 'measured' && origin.atOnce >= change.to;
      return `--concurrency ${change.to}${measured ? '' : ' (if the servers bear it: that is not measured)'}`;
    }
    case 'stagger':
      return `--stagger ${change.to.min}-${change.to.max} (a source may take close starts for an attack)`;
    case 'largest first':
      return '--order size';
    case 'no rate':
      return 'no --rate';
    case 'no window':
      return 'no --window';
    case 'start earlier':
      return `start at ${showMinute(change.at, from)}`;
    case 'these earlier': {
      const { mailboxes } = change;
      const names = mailboxes.slice(0, NAMED).map(({ row }) => row.email);
      const more = mailboxes.length > NAMED ? ' and others' : '';
      const which = mailboxes.length === 1 ? 'this one' : `these ${showCount(mailboxes.length)}`;
      return `start ${which} at ${showMinute(change.at, from)}, in a wave of their own (${names.join(', ')}${more})`;
    }
  }
}
