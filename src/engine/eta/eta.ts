import {
  type Eta,
  type Instant,
  isMoving,
  isThrough,
  type MailboxEntity,
  waitsForWave,
} from '../../protocol/entities.js';
import type { DayWindow } from '../../words/day-window.js';
import type { Amount } from '../budget/rolling-day.js';
import type { SchedulerRules } from '../schedule/scheduler.js';
import { openTimeAfter, openTimeBetween } from '../schedule/time-window.js';
import { type Middling, middlingOf } from './expected.js';
import { KeptPromise } from './kept-promise.js';
import { leftOf } from './left-of.js';
import { MailboxPace } from './mailbox-pace.js';
import { rangeAround } from './range.js';
import { endOfSchedule, type Remaining } from './remaining-schedule.js';
import { smoothed } from './smoothing.js';
import { type Cost, timeFor, WorkPace } from './work-pace.js';

/** A batch at one moment. */
export interface Moment {
  readonly now: Instant;
  /** Of a clock that never jumps, in milliseconds. */
  readonly monotonic: number;
  /** In the order of the plan; read when it is looked at, and not at each call. */
  readonly mailboxes: { readonly size: number; readonly entities: readonly MailboxEntity[] };
  readonly rules: SchedulerRules;
  readonly nextFirstAt: Instant;
  readonly window: DayWindow | null;
  /** Milliseconds that a mailbox will rest for its allowance until so much is moved, from a moment on. */
  readonly restsFor: (id: string, left: Amount, from: Instant) => number;
}

/** Milliseconds between two looks; with very many mailboxes each of them costs some. */
const LOOK_EVERY = { few: 2_000, many: 30_000 } as const;
const MANY = 5_000;
/** Milliseconds at work before anything is told. */
const LEAST = 5_000;
/** Looks are further apart only where nothing was at work between them, in milliseconds. */
const GAP = 90_000;

/**
 * Tells when a batch will be done: it learns what messages and bytes cost, and goes through the rest of the schedule
 * with that. Looked at often, it tells of one end and not of each flicker of the network.
 */
export class EtaOfBatch {
  readonly promise = new KeptPromise();
  readonly #pace = new WorkPace();
  readonly #mailboxes = new Map<string, MailboxPace>();
  /** A mailbox and a message as most are, at the last look. */
  middling: Middling = { messages: 0, bytesEach: null };
  #lookedAt: number | null = null;
  #told: Eta | null = null;
  /** Until the end that was told, in milliseconds in which mailboxes may be at work; null: none was. */
  #left: number | null = null;
  #worked = 0;

  /** Null: nothing moves yet, or nothing is left. */
  get told(): Eta | null {
    return this.#told;
  }

  /** The clock on the wall was set. @param by  milliseconds */
  clockSet(by: number): void {
    if (this.#told) {
      const { at, from, to } = this.#told;
      this.#told = { at: at + by, from: from + by, to: to + by };
    }
  }

  look(moment: Moment): Eta | null {
    const { monotonic } = moment;
    const since = this.#lookedAt === null ? 0 : monotonic - this.#lookedAt;
    const every = moment.mailboxes.size > MANY ? LOOK_EVERY.many : LOOK_EVERY.few;
    if (this.#lookedAt !== null && since < every) return this.#told;
    this.#lookedAt = monotonic;
    const { entities } = moment.mailboxes;
    this.middling = middlingOf(entities.map(({ expected }) => expected));
    this.#learn(entities, monotonic, since);
    this.#told = this.#tell(entities, moment, since);
    if (this.#told) this.promise.note(moment.now, this.#told);
    return this.#told;
  }

  #learn(mailboxes: readonly MailboxEntity[], monotonic: number, since: number): void {
    const atWork = mailboxes.filter(({ state }) => isMoving(state.kind));
    if (since > GAP) for (const paused of this.#mailboxes.values()) paused.pauses();
    else if (atWork.length > 0) this.#worked += since;
    for (const mailbox of mailboxes) {
      if (!isMoving(mailbox.state.kind)) {
        const paused = this.#mailboxes.get(mailbox.id);
        for (const last of paused?.ends(mailbox, monotonic) ?? []) this.#pace.note(last, atWork.length + 1);
        // A rest for an allowance is known beforehand: it is no pace to learn.
        if (mailbox.state.kind === 'backing-off' && mailbox.state.because.key !== 'allowance')
          paused?.rests(mailbox, since);
        else paused?.pauses();
        continue;
      }
      const own = this.#mailboxes.get(mailbox.id) ?? new MailboxPace();
      this.#mailboxes.set(mailbox.id, own);
      for (const stretch of own.look(mailbox, monotonic)) this.#pace.note(stretch, atWork.length);
    }
  }

  #tell(mailboxes: readonly MailboxEntity[], moment: Moment, since: number): Eta | null {
    const { now, window, rules } = moment;
    const { cost } = this.#pace;
    if (cost === null || this.#worked < LEAST) return this.#told;
    const ahead = this.#ahead(mailboxes, cost, moment);
    const { remaining, held, work, unseen } = ahead;
    if (remaining.length === 0 || work <= 0) return null;
    const nextFirst = moment.nextFirstAt - now;
    const before = this.#left === null ? null : Math.max(0, this.#left - openTimeBetween(window, now - since, now));
    const end = endOfSchedule({ mailboxes: remaining, rules, nextFirst });
    const left = smoothed(before, end, since);
    this.#left = left;
    const { atWork, rested } = this.#times();
    const { earlier, later } = rangeAround({
      left,
      leftWithHeld: held.length === 0 ? end : endOfSchedule({ mailboxes: [...remaining, ...held], rules, nextFirst }),
      ahead: work / (work + atWork),
      unseen: unseen / work,
      rested: atWork === 0 ? 0 : rested / atWork,
      firstStarts: remaining.filter(({ kind }) => kind === 'first').length,
      stagger: rules.stagger,
    });
    const after = (ms: number) => openTimeAfter(window, now, ms);
    return { at: after(left), from: after(left - earlier), to: after(left + later) };
  }

  /** The work to come, of mailboxes that go on by themselves and of those that wait for the operator. */
  #ahead(mailboxes: readonly MailboxEntity[], cost: Cost, { now, restsFor }: Moment): Ahead {
    const starts = [...this.#mailboxes.values()].flatMap(({ startMs }) => startMs ?? []);
    const start = starts.length === 0 ? 0 : starts.reduce((sum, ms) => sum + ms, 0) / starts.length;
    const ahead = { remaining: [] as Remaining[], held: [] as Remaining[], work: 0, unseen: 0 };
    for (const mailbox of mailboxes) {
      const { state, attempts, expected } = mailbox;
      if (isThrough(mailbox) || isOut(mailbox)) continue;
      const left = leftOf(mailbox, this.middling);
      const own = this.#mailboxes.get(mailbox.id);
      const isAtWork = isMoving(state.kind);
      const work = isAtWork && own ? own.workLeft(mailbox, left, cost) : start + timeFor(cost, left);
      const notBefore = isAtWork ? 0 : Math.max(0, waitsUntil(mailbox, now) - now);
      const rests = (own?.restsToCome(left.messages) ?? 0) + restsFor(mailbox.id, left, now + notBefore);
      if (state.kind === 'held') {
        ahead.held.push({ kind: 'again', notBefore: 0, work, rests });
        continue;
      }
      ahead.work += work;
      if (expected === null) ahead.unseen += work;
      if (isAtWork) ahead.remaining.push({ kind: 'at work', work, rests });
      else ahead.remaining.push({ kind: attempts === 0 ? 'first' : 'again', notBefore, work, rests });
    }
    return ahead;
  }

  #times(): { readonly atWork: number; readonly rested: number } {
    const all = [...this.#mailboxes.values()].map(({ times }) => times);
    return {
      atWork: all.reduce((sum, { atWork }) => sum + atWork, 0),
      rested: all.reduce((sum, { rested }) => sum + rested, 0),
    };
  }
}

interface Ahead {
  readonly remaining: readonly Remaining[];
  readonly held: readonly Remaining[];
  /** Milliseconds of all that remains, and of what of it nobody has looked into. */
  readonly work: number;
  readonly unseen: number;
}

/** It does not go on by itself. */
function isOut({ state }: MailboxEntity): boolean {
  return state.kind === 'paused' || state.kind === 'stopped' || state.kind === 'given-up' || waitsForWave(state);
}

/** The hour of its turn is a forecast: only where it was put off, or rests, that is an hour before which it does not start. */
function waitsUntil({ state }: MailboxEntity, now: Instant): Instant {
  if (state.kind === 'backing-off') return state.until;
  return state.kind === 'queued' && state.why.key === 'postponed' ? (state.startsAt ?? now) : now;
}
