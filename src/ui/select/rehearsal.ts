import type { MailboxEntity } from '../../protocol/entities.js';
import type { Halt, PlannedChange, PlannedMailbox, RehearsalEntity } from '../../protocol/rehearsal-entity.js';
import { reasonText } from '../../words/reason-text.js';
import { showMinute } from '../../words/times.js';
import { plural, showCount } from '../../words/units.js';
import { type Spans, span } from '../text/spans.js';
import { isMoving } from './states.js';

/** The answer: how many mailboxes are done by the hour that was asked for, and when all are. */
export function verdictSpans({ from, by, done, played, doneBy, end }: RehearsalEntity): Spans {
  if (played === 0) return [' ', span('dim', 'nothing is left that goes on by itself')];
  const at = (value: number | null) => (value === null ? 'later than in 90 days' : showMinute(value, from));
  const all = end.middle === null ? `all ${at(null)}` : `all by ${at(end.middle)}`;
  const range = end.middle === null ? '' : `${at(end.from)} to ${at(end.to)}`;
  if (by === null || doneBy === null) return [' ', span('strong', range === '' ? all : `${all} (90%: ${range})`)];
  const [middle, low, high] = [doneBy.middle, doneBy.from, doneBy.to].map((many) => showCount(many + done));
  const between = low === high ? '' : ` (90%: ${low} to ${high})`;
  const text = `By ${showMinute(by, from)} ${middle} of ${showCount(played + done)} synced${between}`;
  return [' ', span(doneBy.middle < played ? 'alert' : 'good', text), '   ', range === '' ? all : `${all} (${range})`];
}

/** The facts that the answer rests on, and what would help most; null: nothing need be said. */
export function groundsSpans(rehearsal: RehearsalEntity): Spans | null {
  const { leftOut, pace, helps, played } = rehearsal;
  if (played === 0) return null;
  const [best] = helps;
  const said = [
    ...(leftOut.length > 0 ? [`not moved: ${leftOut.map(leftOutText).join(', ')}`] : []),
    ...(pace === 'assumed' ? ['pace assumed'] : []),
    ...(best ? [`would help: ${helpText(best, rehearsal)}`] : []),
  ];
  return said.length === 0 ? null : [' ', span('dim', said.join('   '))];
}

function leftOutText({ why, mailboxes }: RehearsalEntity['leftOut'][number]): string {
  return `${showCount(mailboxes)} ${why === 'another wave' ? 'of another wave' : why}`;
}

function helpText({ change, doneBy, end }: RehearsalEntity['helps'][number], rehearsal: RehearsalEntity): string {
  const { from, by, done, played } = rehearsal;
  const then = [
    ...(by !== null && doneBy !== null ? [`${showCount(doneBy + done)} of ${showCount(played + done)}`] : []),
    ...(end === null ? [] : [`all by ${showMinute(end, from)}`]),
  ];
  return `${changeText(change, from)} (${then.join(', ')})`;
}

function changeText(change: PlannedChange, from: number): string {
  switch (change.key) {
    case 'concurrency':
      return `${change.to} at once`;
    case 'stagger':
      return `stagger ${change.to.min}-${change.to.max} s`;
    case 'largest first':
      return 'the largest first';
    case 'no rate':
      return 'no rate limit';
    case 'no window':
      return 'window always';
    case 'start earlier':
      return `a start at ${showMinute(change.at, from)}`;
    case 'these earlier':
      return `${plural(change.mailboxes, 'mailbox', 'mailboxes')} at ${showMinute(change.at, from)} already`;
  }
}

/**
 * The planned hours of a mailbox, `02:40-03:15`, and the reason of its rests.
 *
 * @param by  the hour by which it is to be done, or null
 */
export function plannedSpans(plan: PlannedMailbox, mailbox: MailboxEntity, by: number | null, now: number): Spans {
  const { stretches, doneAt } = plan;
  const start = stretches.find(({ kind }) => kind === 'works')?.from ?? null;
  const end = doneAt === null ? 'later' : showMinute(doneAt, now);
  // An older plan may be over. The mailbox itself tells more then.
  if (doneAt !== null && doneAt <= now) return [];
  const hours =
    isMoving(mailbox.state.kind) || start === null || start <= now ? `to ${end}` : `${showMinute(start, now)}-${end}`;
  const isLate = by !== null && (doneAt === null || doneAt > by);
  const rest = longestRest(stretches, now);
  return [
    span(isLate ? 'alert' : 'text', hours),
    ...(rest === null ? [] : [span('dim', ` rests: ${haltText(rest)}`)]),
    '  ',
  ];
}

function longestRest(stretches: PlannedMailbox['stretches'], now: number): Halt | null {
  let [longest, why]: [number, Halt | null] = [0, null];
  for (const one of stretches)
    if (one.kind === 'rests' && one.from > now && one.to - one.from > longest)
      [longest, why] = [one.to - one.from, one.why];
  return why;
}

function haltText(why: Halt): string {
  return why.key === 'asked to rest' ? 'servers ask for it' : reasonText(why);
}
