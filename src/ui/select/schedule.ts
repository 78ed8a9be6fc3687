import { isThrough, type MailboxEntity, type StateChange, waitsForWave } from '../../protocol/entities.js';
import type { PlannedMailbox } from '../../protocol/rehearsal-entity.js';
import { type Drain, endOf, isMoving, reasonCells, reasonOf, stateReason, stateText } from './states.js';

/** The activity of a mailbox in a stretch of time. */
export type Activity = 'works' | 'will-work' | 'rests' | 'will-rest' | 'held' | 'paused';

export interface Stretch {
  readonly activity: Activity;
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** One mailbox of the timeline. */
export interface ScheduleRow {
  readonly mailbox: MailboxEntity;
  /** In the order of time, without overlap. */
  readonly stretches: readonly Stretch[];
  /** When the mailbox starts or comes back; null: nobody knows. */
  readonly next: number | null;
  /** Its work or its wait, in words. */
  readonly why: string;
}

/** Ways through the night as it was played, by the ids of mailboxes. */
export type PlannedById = ReadonlyMap<string, PlannedMailbox>;

const UNPLANNED: PlannedById = new Map();

/**
 * All mailboxes that are not done: those at work, those that come back, those that wait (in the order of their starts),
 * the others.
 *
 * @param plan  tells the starts of those that wait for a free place
 */
export function scheduleOrder(
  mailboxes: readonly MailboxEntity[],
  plan: PlannedById = UNPLANNED,
): readonly MailboxEntity[] {
  return mailboxes
    .filter((one) => !isThrough(one))
    .map((mailbox) => ({ mailbox, rank: rankOf(mailbox), at: sortTime(mailbox, plan) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ mailbox }) => mailbox);
}

/** @param plan  the way of the mailbox through the night that was played; null: none was */
export function scheduleRow(
  mailbox: MailboxEntity,
  now: number,
  drain: Drain = null,
  plan: PlannedMailbox | null = null,
): ScheduleRow {
  const shown = { ...mailbox, eta: endOf(mailbox, drain) };
  const told = stretchesOf(shown, now);
  return {
    mailbox,
    stretches: [...told, ...plannedAfter(plan, told.at(-1)?.to ?? now, now)],
    next: nextStart(mailbox),
    why: whyOf(mailbox, now, drain),
  };
}

/** Takes the past from the history, and the future from the state. */
export function stretchesOf({ history, state, startedAt, eta }: MailboxEntity, now: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const put = (activity: Activity | null, from: number, to: number): void => {
    if (activity === null || to <= from) return;
    const last = stretches.at(-1);
    if (last && last.activity === activity && last.to === from) stretches[stretches.length - 1] = { ...last, to };
    else stretches.push({ activity, from, to });
  };
  // A history may be cut, and then begins in the middle. The time before it is known to have been work only if the
  // mailbox began before.
  const [first] = history;
  if (!first && isMoving(state.kind) && startedAt !== null) put('works', startedAt, now);
  for (const [index, change] of history.entries()) {
    const until = Math.min(now, history[index + 1]?.at ?? now);
    put(activityOf(change.kind), change.at, until);
  }
  if (state.kind === 'backing-off') put('rests', now, state.until);
  if (isMoving(state.kind) && eta !== null) put('will-work', now, eta);
  return stretches;
}

/** The plan for the time about which the mailbox itself tells nothing.  @param told  the end of what it tells */
function plannedAfter(plan: PlannedMailbox | null, told: number, now: number): readonly Stretch[] {
  return (plan?.stretches ?? []).flatMap(({ kind, from, to }) => {
    const begin = Math.max(from, told, now);
    if (kind === 'waits' || to <= begin) return [];
    return [{ activity: kind === 'works' ? 'will-work' : 'will-rest', from: begin, to } as const];
  });
}

function activityOf(kind: StateChange['kind']): Activity | null {
  if (isMoving(kind)) return 'works';
  if (kind === 'backing-off') return 'rests';
  return kind === 'held' || kind === 'paused' ? kind : null;
}

/** When the mailbox starts or comes back by itself; null: it does not. */
export function nextStart({ state }: MailboxEntity): number | null {
  if (state.kind === 'backing-off') return state.until;
  return state.kind === 'queued' ? state.startsAt : null;
}

function whyOf(mailbox: MailboxEntity, now: number, drain: Drain): string {
  const { state, folder } = mailbox;
  if (isMoving(state.kind)) {
    const word = stateText(mailbox, now, drain);
    return folder === null ? word : `${word} ${folder}`;
  }
  const reason = stateReason(mailbox);
  if (state.kind === 'held' || state.kind === 'backing-off') {
    const { side, code, text } = reasonCells(reasonOf(mailbox));
    return [stateText(mailbox, now), '', side, code, text].filter((one, i) => i === 1 || one !== '').join(' ');
  }
  const text = stateText(mailbox, now);
  return reason === '' ? text : text === 'queued' ? reason : `${text}  ${reason}`;
}

function rankOf({ state }: MailboxEntity): number {
  if (isMoving(state.kind)) return 0;
  if (state.kind === 'backing-off') return 1;
  if (waitsForWave(state)) return 5;
  if (state.kind === 'queued') return state.startsAt === null ? 3 : 2;
  return state.kind === 'held' ? 4 : 5;
}

function sortTime({ id, state, startedAt }: MailboxEntity, plan: PlannedById): number {
  if (state.kind === 'backing-off') return state.until;
  if (state.kind === 'queued') return state.startsAt ?? plannedStart(plan.get(id)) ?? 0;
  return startedAt ?? 0;
}

function plannedStart(planned: PlannedMailbox | undefined): number | null {
  return planned?.stretches.find(({ kind }) => kind === 'works')?.from ?? null;
}

/** Sums up the mailboxes that the timeline does not show, for the line below it. */
export interface WaitingSum {
  /** Mailboxes that wait for a free place. */
  readonly noPlace: number;
  /** Mailboxes that wait for another wave. */
  readonly otherWaves: number;
  /** The last known start; null: none is known. */
  readonly lastStart: number | null;
}

export function sumWaiting(mailboxes: readonly MailboxEntity[]): WaitingSum {
  let noPlace = 0;
  let otherWaves = 0;
  let lastStart: number | null = null;
  for (const { state } of mailboxes) {
    if (state.kind !== 'queued') continue;
    if (waitsForWave(state)) otherWaves += 1;
    else if (state.startsAt === null) noPlace += 1;
    else lastStart = Math.max(lastStart ?? 0, state.startsAt);
  }
  return { noPlace, otherWaves, lastStart };
}
