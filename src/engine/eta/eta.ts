import {
  type Eta,
  type Instant,
  isMoving,
  isThrough,
  type MailboxEntity,
  waitsForWave,
} from '../../protocol/entities.js';
import { settled } from '../../protocol/figures.js';
import type { DayWindow } from '../../words/day-window.js';
import { type Middling, middlingOf } from '../publish/expected.js';
import type { SchedulerRules } from '../schedule/scheduler.js';
import { openTimeAfter } from '../schedule/time-window.js';
import { KeptPromise } from './kept-promise.js';
import { MailboxPace } from './mailbox-pace.js';
import { endOfSchedule, type Remaining } from './remaining-schedule.js';
import { smoothed } from './smoothing.js';
import { timeFor, WorkPace } from './work-pace.js';

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
/** How far the end may lie from what is told, as a part of the time that is left: always, and for what nobody has looked into. */
const UNSURE = { always: 0.1, unseen: 0.4 } as const;

/**
 * Tells when a batch will be done: it learns what messages and bytes cost, and goes through the rest of the schedule
 * with that. Looked at often, it tells of one end and not of each flicker of the line.
 */
export class EtaOfBatch {
  readonly promise = new KeptPromise();
  readonly #pace = new WorkPace();
  readonly #mailboxes = new Map<string, MailboxPace>();
  /** A mailbox and a message as most are, at the last look. */
  middling: Middling = { messages: 0, bytesEach: null };
  #lookedAt: number | null = null;
  #told: Eta | null = null;
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
    if (atWork.length > 0) this.#worked += since;
    for (const mailbox of mailboxes) {
      if (!isMoving(mailbox.state.kind)) {
        const paused = this.#mailboxes.get(mailbox.id);
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
    const { now, window, rules, nextFirstAt } = moment;
    const { cost } = this.#pace;
    if (cost === null || this.#worked < LEAST) return this.#told;
    const { middling } = this;
    const starts = [...this.#mailboxes.values()].flatMap(({ startMs }) => startMs ?? []);
    const start = starts.length === 0 ? 0 : starts.reduce((sum, ms) => sum + ms, 0) / starts.length;
    let unseen = 0;
    let all = 0;
    const remaining = mailboxes.flatMap((mailbox): Remaining[] => {
      if (isThrough(mailbox) || isOut(mailbox)) return [];
      const left = leftOf(mailbox, middling);
      const own = this.#mailboxes.get(mailbox.id);
      const isAtWork = isMoving(mailbox.state.kind);
      const work = isAtWork && own ? own.workLeft(mailbox, left, cost) : start + timeFor(cost, left);
      all += work;
      if (mailbox.expected === null) unseen += work;
      const notBefore = isAtWork ? 0 : Math.max(0, waitsUntil(mailbox, now) - now);
      const rests = (own?.restsToCome(left.messages) ?? 0) + moment.restsFor(mailbox.id, left, now + notBefore);
      if (isAtWork) return [{ kind: 'at work', work, rests }];
      return [{ kind: mailbox.attempts === 0 ? 'first' : 'again', notBefore, work, rests }];
    });
    if (remaining.length === 0 || all <= 0) return null;
    const ms = endOfSchedule({ mailboxes: remaining, rules, nextFirst: nextFirstAt - now });
    const before = this.#told === null ? null : this.#told.at - now;
    const open = smoothed(before, openTimeAfter(window, now, ms) - now, since);
    const off = open * (UNSURE.always + (UNSURE.unseen * unseen) / all);
    return { at: now + open, from: now + open - off, to: now + open + 1.5 * off };
  }
}

/** It does not go on by itself. */
function isOut({ state }: MailboxEntity): boolean {
  return state.kind === 'held' || state.kind === 'paused' || state.kind === 'stopped' || waitsForWave(state);
}

/** The hour of its turn is a forecast: only where it was put off, or rests, that is an hour before which it does not start. */
function waitsUntil({ state }: MailboxEntity, now: Instant): Instant {
  if (state.kind === 'backing-off') return state.until;
  return state.kind === 'queued' && state.why.key === 'postponed' ? (state.startsAt ?? now) : now;
}

interface Amount {
  readonly messages: number;
  readonly bytes: number;
}

function leftOf({ expected, counts, bytesLeft }: MailboxEntity, { messages, bytesEach }: Middling): Amount {
  if (expected === null) return { messages, bytes: messages * (bytesEach ?? 0) };
  const done = settled(counts);
  const bytes = expected.bytes + Math.max(0, expected.messages - expected.weighed) * (bytesEach ?? 0);
  return {
    messages: Math.max(0, expected.messages - done),
    bytes: Math.max(0, bytes - (counts.bytesTotal - bytesLeft)),
  };
}
