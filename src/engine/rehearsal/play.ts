import type { Instant } from '../../protocol/entities.js';
import type { Halt } from '../../protocol/rehearsal-entity.js';
import { endpointKey } from '../../store/batch/endpoints.js';
import type { PassRefusal } from '../../store/mailbox/pass-schema.js';
import type { Place } from '../governor/governor.js';
import { LocalGovernor } from '../governor/local.js';
import { Servers } from '../profiles/servers.js';
import { rankOf } from '../schedule/rank.js';
import { decide, inOrder, type NextFirst, type Waiting } from '../schedule/scheduler.js';
import { windowAt } from '../schedule/time-window.js';
import { Course, type Phase } from './course.js';
import { FirstStarts } from './first-starts.js';
import type { Luck, Night, Played } from './night.js';
import { PlayedBudgets } from './played/played-budgets.js';
import { PlayedClock } from './played/played-clock.js';
import { PlayedConnections } from './played/played-connections.js';
import { failureOf, PlayedTrouble } from './played/played-trouble.js';
import { RateCaps } from './played/rate-caps.js';
import { type Waited, Waits } from './waits.js';

/** No night is played longer: an allowance of a day makes weeks of a large mailbox. */
const LONGEST = 90 * 24 * 3_600_000;

/**
 * Plays a night with the engine's own scheduler, governor, windows, allowances and rate caps, and mailboxes that only cost
 * time. It is done in steps, so that others can have their turn in a night of thousands.
 */
export function steps(night: Night, luck: Luck): Generator<undefined, readonly Played[]> {
  return new Playing(night, luck).run();
}

/** A mailbox at work. */
interface AtWork {
  readonly course: Course;
  readonly place: Place;
  readonly close: () => void;
  phase: Phase;
  /** The part of its full speed that it has now. */
  speed: number;
}

class Playing {
  readonly #clock: PlayedClock;
  readonly #courses: readonly Course[];
  readonly #budgets: PlayedBudgets;
  readonly #governor: LocalGovernor;
  readonly #caps: RateCaps;
  readonly #connections: PlayedConnections;
  readonly #troubles = new Map<Course, PlayedTrouble>();
  readonly #done = new Map<string, Instant>();
  readonly #atWork: AtWork[] = [];
  readonly #first: FirstStarts;
  /** Mailboxes that start again after a rest. */
  readonly #again: Set<Course>;
  readonly #waits = new Waits();
  readonly #waited = new Map<string, readonly Waited[]>();
  #nextFirst: NextFirst = new Map();

  constructor(
    private readonly night: Night,
    private readonly luck: Luck,
  ) {
    const { batch, from, loads, spent } = night;
    this.#clock = new PlayedClock(from);
    const servers = new Servers(batch);
    this.#budgets = new PlayedBudgets({ batch, servers }, spent);
    this.#caps = new RateCaps(batch);
    this.#connections = new PlayedConnections(luck.habits);
    this.#courses = loads.map((load) => new Course(load, luck.costsOf(load), luck.habits, luck.random, from));
    this.#first = new FirstStarts(this.#ordered(this.#courses.filter(({ isFirst }) => isFirst)));
    this.#again = new Set(this.#courses.filter(({ isFirst }) => !isFirst));
    this.#governor = new LocalGovernor({
      batch,
      servers,
      clock: this.#clock,
      random: luck.random,
      shared: () => false,
      concurrency: () => batch.options.concurrency,
      waiting: () => this.#first.size + this.#again.size,
      onRoom: () => {},
      say: () => {},
    });
  }

  *run(): Generator<undefined, readonly Played[]> {
    const { window } = this.night.batch.options;
    const end = this.night.from + LONGEST;
    while (this.#first.size + this.#again.size + this.#atWork.length > 0 && this.#clock.now() < end) {
      const { open, until } = windowAt(window, this.#clock.now());
      const wakeAt = open ? this.#startSome() : this.#close();
      this.#passUntil(Math.min(until, wakeAt ?? Number.POSITIVE_INFINITY, end));
      yield;
    }
    return this.#courses.map(({ load, stretches }) => ({
      load,
      stretches,
      waited: this.#waited.get(load.row.id) ?? (load.starts === 'first' ? this.#waits.of(load) : []),
      doneAt: this.#done.get(load.row.id) ?? null,
    }));
  }

  #ordered(courses: readonly Course[]): Course[] {
    const { order } = this.night.batch.options;
    if (order === 'plan') return [...courses];
    const byId = new Map(courses.map((course) => [course.load.row.id, course]));
    const rank = (id: string) => {
      const load = byId.get(id)?.load;
      return load === undefined || load.known === 'guessed' ? null : rankOf(order, load);
    };
    return inOrder(courses.map(waitingOf), rank).flatMap(({ id }) => byId.get(id) ?? []);
  }

  /** @returns when to look again; null: when something ends */
  #startSome(): Instant | null {
    const { options } = this.night.batch;
    const now = this.#clock.now();
    const free = options.concurrency - this.#atWork.length;
    const places = new Map<string, Place>();
    const refused = new Map<string, Halt>();
    const asking = new Map([...this.#again, ...this.#first.next(free)].map((one) => [one.load.row.id, one]));
    const decision = decide(
      [...asking.values()].map(waitingOf),
      this.#atWork.length,
      this.#nextFirst,
      options,
      now,
      this.luck.random,
      (id) => {
        const asked = this.#governor.admit(asking.get(id)!.load.row, 'in turn');
        if (asked.kind === 'place') places.set(id, asked.place);
        else refused.set(id, asked.why);
        return asked.kind === 'place' ? null : asked.until;
      },
    );
    this.#nextFirst = decision.nextFirst;
    for (const [id, place] of places) this.#start(asking.get(id)!, place);
    this.#sayWhy(refused);
    return decision.wakeAt;
  }

  #start(course: Course, place: Place): void {
    const now = this.#clock.now();
    if (course.isFirst) this.#startsFirst(course);
    this.#again.delete(course);
    this.#ends(course, 'waits', now);
    const opened = this.#connections.open(course.load.row, place);
    if (opened.kind === 'refused') {
      place.leave();
      this.#restsAfter(course, opened.refusal);
      return;
    }
    this.#atWork.push({ course, place, close: opened.close, phase: course.begins(now), speed: 1 });
  }

  #startsFirst(course: Course): void {
    const { load } = course;
    course.isFirst = false;
    this.#first.started(course);
    const waited = this.#waits.of(load);
    this.#waited.set(load.row.id, waited);
    course.halt = waited[0]?.why ?? { key: 'turn' };
  }

  /** Notes for each waiting mailbox why it waits. */
  #sayWhy(refused: ReadonlyMap<string, Halt>): void {
    const { concurrency } = this.night.batch.options;
    const now = this.#clock.now();
    const place: Halt | null = this.#atWork.length >= concurrency ? { key: 'place', concurrency } : null;
    for (const course of this.#again)
      if (course.notBefore <= now) course.halt = refused.get(course.load.row.id) ?? place ?? { key: 'turn' };
    for (const { load } of this.#first.next(1)) {
      const source = endpointKey('source', load.row);
      const isStaggered = (this.#nextFirst.get(source) ?? 0) > now;
      this.#waits.now(source, refused.get(load.row.id) ?? place ?? { key: isStaggered ? 'stagger' : 'turn' });
    }
  }

  /** Closes the window. Mailboxes at work settle, and go on when it opens. */
  #close(): null {
    const why: Halt = { key: 'window closed' };
    for (const one of [...this.#atWork]) this.#leaves(one, 0, why);
    for (const course of this.#again) if (course.notBefore <= this.#clock.now()) course.halt = why;
    for (const { load } of this.#first.next(1)) this.#waits.now(endpointKey('source', load.row), why);
    return null;
  }

  /** Moves time on, until then or until a mailbox at work comes to the end of a phase. */
  #passUntil(until: Instant): void {
    this.#caps.share(this.#atWork);
    const now = this.#clock.now();
    const first = Math.min(until, ...this.#atWork.map(({ phase, speed }) => now + phase.left / speed));
    if (!Number.isFinite(first)) throw new Error('unreachable: mailboxes wait, and for nothing');
    // An instant is a large number, in which a short while may be lost. So time moves on by at least a millisecond.
    this.#clock.goTo(Math.max(first, now + 1));
    const passed = this.#clock.now() - now;
    if (this.#first.size > 0) this.#waits.passed(passed);
    for (const one of [...this.#atWork]) {
      one.phase.left -= passed * one.speed;
      if (one.phase.left <= 1e-3) this.#goesOn(one);
    }
  }

  #goesOn(one: AtWork): void {
    const now = this.#clock.now();
    const next = one.course.goesOn(now, this.#budgets);
    switch (next.kind) {
      case 'works':
        // Work that was done beyond the end of the phase counts for the next one.
        one.phase = { ...next.phase, left: next.phase.left + one.phase.left };
        break;
      case 'rests':
        this.#leaves(one, next.until, next.why);
        break;
      case 'refused':
        one.place.failed(failureOf(next.refusal));
        this.#ends(one.course, 'works', now);
        this.#gone(one);
        this.#restsAfter(one.course, next.refusal);
        break;
      case 'done':
        this.#ends(one.course, 'works', now);
        this.#done.set(one.course.load.row.id, now);
        this.#gone(one);
    }
  }

  #leaves(one: AtWork, notBefore: Instant, why: Halt): void {
    const { course } = one;
    const now = this.#clock.now();
    this.#ends(course, 'works', now);
    course.breaksOff(one.phase);
    this.#gone(one);
    this.#rests(course, notBefore, why);
  }

  /** A server refused: it rests as long as the engine would let it. */
  #restsAfter(course: Course, refusal: PassRefusal): void {
    const parts = { batch: this.night.batch, clock: this.#clock, random: this.luck.random };
    const trouble = this.#troubles.get(course) ?? new PlayedTrouble(course.load.row, parts);
    this.#troubles.set(course, trouble);
    const ms = trouble.meet(failureOf(refusal), course.settled);
    this.#rests(course, this.#clock.now() + ms, { key: 'asked to rest' });
  }

  #rests(course: Course, notBefore: Instant, why: Halt): void {
    const now = this.#clock.now();
    course.notBefore = notBefore;
    course.halt = why;
    if (notBefore > now) {
      course.stretches.push({ kind: 'rests', from: now, to: notBefore, why });
      course.since = notBefore;
      course.halt = { key: 'turn' };
    }
    this.#again.add(course);
  }

  #gone(one: AtWork): void {
    one.close();
    one.place.leave();
    this.#atWork.splice(this.#atWork.indexOf(one), 1);
  }

  #ends(course: Course, kind: 'works' | 'waits', to: Instant): void {
    const { since: from, halt } = course;
    if (to > from) course.stretches.push(kind === 'works' ? { kind, from, to } : { kind, from, to, why: halt });
    course.since = Math.max(from, to);
  }
}

function waitingOf({ load, isFirst, notBefore }: Course): Waiting {
  const { row } = load;
  const ends = { source: endpointKey('source', row), destination: endpointKey('destination', row) };
  return { id: row.id, first: isFirst, notBefore, ends };
}
