import { type BatchOptions, batchOptionsSchema } from '../store/batch.js';
import type { Clock } from '../words/clock.js';
import type { AnsweredCredentials } from './answered-credentials.js';
import { Secret } from './credentials.js';
import type { BatchState, EngineAnswer, EngineCommand, Instant } from './protocol.js';
import type { Roster, Turn } from './roster.js';
import { windowAt } from './time-window.js';
import { counted } from './triage/about.js';
import type { Worker } from './worker.js';

/** What a pause ends an attempt with. */
export const PAUSED = new Error('paused');
const STOPPED = new Error('stopped');

/** How the batch goes on now: orders change it, the engine acts on it. */
export interface Course {
  state: BatchState;
  /** As they are now: they can be changed while it runs. */
  options: Pick<BatchOptions, 'stagger' | 'concurrency' | 'window'>;
  /** When the next first pass may start. */
  nextFirstAt: Instant;
}

export interface OrderParts {
  readonly roster: Roster;
  readonly course: Course;
  readonly credentials: AnsweredCredentials;
  readonly drain: AbortController;
  readonly drop: AbortController;
  readonly clock: Clock;
  /** Something may start now, or need not be waited for any more. */
  readonly wake: () => void;
}

/** The commands about how mailboxes go on. */
export type Order = Extract<
  EngineCommand,
  { do: 'stop' | 'pause' | 'continue' | 'start' | 'postpone' | 'stagger' | 'concurrency' | 'window' | 'password' }
>;

const OK: EngineAnswer = { ok: true };
const no = (why: string): EngineAnswer => ({ ok: false, why });

/** Operators' orders to a batch at work, carried out at once; what they start goes on by itself. */
export class Orders {
  constructor(private readonly parts: OrderParts) {}

  take(order: Order): EngineAnswer {
    const { course, wake } = this.parts;
    if (course.state === 'ended' || course.state === 'stopped') return no('the batch has ended');
    if (course.state === 'draining' && order.do !== 'stop') return no('the batch is being stopped');
    const answer = this.#carryOut(order);
    if (answer.ok) wake();
    return answer;
  }

  #carryOut(order: Order): EngineAnswer {
    switch (order.do) {
      case 'stop':
        return order.mailbox === null ? this.#stop(order.how) : this.#each(order.mailbox, this.#stopOne(order.how));
      case 'pause':
        return order.mailbox === null ? this.#pause() : this.#each(order.mailbox, this.#pauseOne);
      case 'continue':
        return order.mailbox === null ? this.#continue() : this.#each(order.mailbox, this.#continueOne);
      case 'start':
        return this.#each(order.mailbox, (worker) => this.#startIn(worker, 0));
      case 'postpone':
        return this.#each(order.mailbox, (worker) => this.#startIn(worker, order.seconds));
      case 'stagger':
        return this.#change({ stagger: { min: order.min, max: order.max } });
      case 'concurrency':
        return this.#change({ concurrency: order.most });
      case 'window':
        return this.#change({ window: order.window });
      case 'password':
        return this.#each(order.mailbox, (worker) => this.#password(worker, order));
    }
  }

  #each(mailbox: string, act: (worker: Worker) => EngineAnswer): EngineAnswer {
    const worker = this.parts.roster.find(mailbox);
    return worker ? act(worker) : no(`no mailbox ${mailbox} in this batch`);
  }

  #stop(how: 'drain' | 'now'): EngineAnswer {
    const { course, drain, drop } = this.parts;
    course.state = 'draining';
    drain.abort(STOPPED);
    if (how === 'now') drop.abort(STOPPED);
    return OK;
  }

  #stopOne = (how: 'drain' | 'now') => (worker: Worker) => {
    const { roster } = this.parts;
    const { id } = worker.row;
    const stop = roster.stops.get(id);
    if (stop) {
      stop.halt.abort(STOPPED);
      stop.drain.abort(STOPPED);
      if (how === 'now') stop.drop.abort(STOPPED);
      // Its lines are closed, and what it did is still being written down.
      if (worker.state.kind === 'paused') worker.state = { kind: 'stopped' };
    } else if (roster.dequeue(id) || worker.state.kind === 'paused') worker.state = { kind: 'stopped' };
    else return notRunning(worker);
    roster.paused.delete(id);
    return OK;
  };

  /** Mailboxes at work settle what is in flight and close their lines; those that wait stay where they are. */
  #pause(): EngineAnswer {
    const { course, roster } = this.parts;
    if (course.state === 'paused') return no('the batch is paused already');
    course.state = 'paused';
    for (const { drain } of roster.stops.values()) drain.abort(PAUSED);
    return OK;
  }

  #pauseOne = (worker: Worker): EngineAnswer => {
    const { roster } = this.parts;
    const { id, email } = worker.row;
    if (roster.stops.get(id)?.halt.signal.aborted) return no(`${email} is being stopped`);
    const turn = roster.takeOut(worker);
    if (turn !== null) worker.state = { kind: 'paused' };
    else if (!roster.stops.has(id)) return notRunning(worker);
    roster.paused.set(id, turn);
    roster.stops.get(id)?.drain.abort(PAUSED);
    return OK;
  };

  /** Those that were paused one by one stay so: whoever paused them knew why. */
  #continue(): EngineAnswer {
    const { course, roster } = this.parts;
    if (course.state !== 'paused') {
      const single = roster.paused.size;
      const alone = `; continue by name what was paused alone (${counted(single, 'mailbox', 'mailboxes')})`;
      return no(`the batch is not paused${single > 0 ? alone : ''}`);
    }
    course.state = 'running';
    for (const worker of roster.workers.values())
      if (worker.state.kind === 'paused' && !roster.paused.has(worker.row.id)) this.#requeue(worker, null);
    return OK;
  }

  #continueOne = (worker: Worker): EngineAnswer => {
    const { course, roster } = this.parts;
    if (course.state === 'paused') return no('the whole batch is paused: continue that');
    // One that is still closing its lines goes on when it has: the engine looks whether it is meant to be paused.
    const turn = roster.paused.get(worker.row.id) ?? null;
    const meant = roster.paused.delete(worker.row.id);
    if (worker.state.kind === 'paused') this.#requeue(worker, turn);
    else if (!meant) return no(`${worker.row.email} is not paused: it is ${worker.state.kind}`);
    return OK;
  };

  /** What is left of the wait that it was paused in is waited for: a server may have named it. */
  #requeue(worker: Worker, turn: Turn | null): void {
    const { roster, clock } = this.parts;
    const { id } = worker.row;
    if (turn) roster.putBack(id, turn);
    else roster.enqueue(id);
    const waitsStill = turn !== null && turn.notBefore > clock.now();
    worker.state = waitsStill ? turn.state : { kind: 'queued', startsAt: null, why: 'waits for its turn' };
  }

  /** Lets a mailbox start in so many seconds, whatever it waited for; one that is held or at its end tries again. */
  #startIn(worker: Worker, seconds: number): EngineAnswer {
    const { roster, clock, course } = this.parts;
    const { id, email } = worker.row;
    if (roster.running.has(id)) return no(`${email} is at work already`);
    if (course.state === 'paused') return no('the batch is paused: continue it first');
    const { open, until } = windowAt(course.options.window, clock.now());
    if (!open) return no(`the window is closed until ${new Date(until).toISOString()}: change it first`);
    const at = clock.now() + seconds * 1000;
    // What held it was mended, or so the operator says: a full destination's refused messages fit now.
    if (worker.state.kind === 'held') worker.forgive();
    roster.paused.delete(id);
    roster.order(id, at);
    worker.state = { kind: 'queued', startsAt: at, why: seconds > 0 ? 'postponed' : 'by order' };
    return OK;
  }

  /** By a decision: a mailbox that is not at work starts then, whatever it waited for. @param at  ms since the epoch */
  startBy(worker: Worker, at: Instant, why: string): void {
    const { roster, course, clock, wake } = this.parts;
    const { id } = worker.row;
    if (course.state === 'draining' || course.state === 'stopped' || course.state === 'ended') return;
    const isLater = (notBefore: Instant) => at > clock.now() && notBefore <= at;
    // It takes it up when it is continued: a decision about many is no word on the one that somebody paused.
    if (roster.paused.has(id)) {
      const turn = roster.paused.get(id);
      if (turn && !isLater(turn.notBefore))
        roster.paused.set(id, { notBefore: at, ordered: true, state: { kind: 'queued', startsAt: at, why } });
      return;
    }
    // One that waits for its turn has more to do than this; when it is done it is looked at again.
    if (roster.queue.has(id) && isLater(roster.notBefore(id))) return;
    if (worker.state.kind === 'held') worker.goOn();
    roster.order(id, at);
    worker.state = { kind: 'queued', startsAt: at, why };
    // One that is just ending is looked at again when it has.
    if (!roster.running.has(id)) wake();
  }

  /** One that is held as it is now is started again after so many milliseconds, unless something else was done with it. */
  lookAgain(worker: Worker, ms: number): void {
    const { clock, drop, drain } = this.parts;
    const { state } = worker;
    void clock.sleep(ms, AbortSignal.any([drop.signal, drain.signal])).then(() => {
      if (worker.state !== state || drain.signal.aborted || drop.signal.aborted) return;
      this.startBy(worker, clock.now(), 'the disk may take it now');
    });
  }

  /** By a decision: a mailbox that rests goes on doing so until then, and one that was paused in it when it is continued. */
  restUntil(worker: Worker, until: Instant): void {
    const { roster, wake } = this.parts;
    const { id } = worker.row;
    const rest = roster.restOf(worker);
    if (rest === null) return;
    const state = { ...rest, until };
    const turn = roster.paused.get(id);
    if (turn) roster.paused.set(id, { ...turn, notBefore: until, state });
    else if (roster.queue.has(id)) {
      roster.enqueue(id, until);
      worker.state = state;
      wake();
    }
  }

  #change(options: Partial<Course['options']>): EngineAnswer {
    const checked = batchOptionsSchema
      .pick({ stagger: true, concurrency: true, window: true })
      .partial()
      .safeParse(options);
    if (!checked.success)
      return no('stagger is seconds from 0 on, concurrency 1 to 100, a window two different minutes of the day');
    if (options.stagger && options.stagger.min > options.stagger.max) return no('stagger: the least is over the most');
    const { course, clock } = this.parts;
    course.options = { ...course.options, ...options };
    if (options.stagger) course.nextFirstAt = Math.min(course.nextFirstAt, clock.now() + options.stagger.max * 1000);
    return OK;
  }

  #password(worker: Worker, { side, secret }: Extract<Order, { do: 'password' }>): EngineAnswer {
    if (secret === '') return no('the password is empty');
    const asked = worker.asksPassword !== null || worker.state.kind === 'backing-off';
    this.parts.credentials.answer(side, worker.row, new Secret(secret));
    this.parts.roster.answered.add(worker.row.id);
    // At work it counts from the next login on; held for something else, a login is no help.
    return asked && !this.parts.roster.running.has(worker.row.id) && this.parts.course.state !== 'paused'
      ? this.#startIn(worker, 0)
      : OK;
  }
}

const notRunning = ({ row, state }: Worker) => no(`${row.email} is not running: it is ${state.kind}`);
