import type { MailboxOrder } from '../../protocol/can-be-ordered.js';
import type { AnswerOf, CommandOf } from '../../protocol/commands.js';
import type { Instant } from '../../protocol/entities.js';
import { batchOptionsSchema, type PlanRow } from '../../store/batch/batch.js';
import type { Clock } from '../../words/clock.js';
import type { Reason } from '../../words/reason.js';
import type { Side } from '../../words/side.js';
import { showTime } from '../../words/times.js';
import { plural } from '../../words/units.js';
import { Secret } from '../imap/session/credentials.js';
import type { AnsweredCredentials } from '../login/answered-credentials.js';
import type { LifeEvent } from '../mailbox/life/life.js';
import { can, type OrderRefusal } from '../mailbox/life/state-of-life.js';
import type { Worker } from '../mailbox/worker.js';
import type { BatchControl } from '../schedule/batch-control.js';
import { windowAt } from '../schedule/time-window.js';
import { beginningOf } from './beginning.js';
import { type Roster, STOPPED } from './roster.js';

export interface OrderParts {
  readonly roster: Roster;
  readonly control: BatchControl;
  readonly credentials: AnsweredCredentials;
  readonly drain: AbortController;
  readonly drop: AbortController;
  readonly clock: Clock;
  /** Called when the password of a login that serves many mailboxes was given anew. */
  readonly onSharedPassword: (row: PlanRow, side: Side) => void;
  /** Called when something may start now, or need not be waited for any more. */
  readonly wake: () => void;
}

/** Commands about the work on mailboxes. */
export type Order = CommandOf<
  'stop' | 'pause' | 'continue' | 'start' | 'postpone' | 'stagger' | 'concurrency' | 'window' | 'password'
>;
type Answer = AnswerOf<Order['do']>;

const OK: Answer = { ok: true };
const no = (why: string): Answer => ({ ok: false, why });

/** Carries out operators' orders to a batch at work, at once. Work that an order starts goes on by itself. */
export class Orders {
  constructor(private readonly parts: OrderParts) {}

  take(order: Order): Answer {
    const { control, wake } = this.parts;
    if (control.state === 'ended' || control.state === 'stopped') return no('the batch has ended');
    if (control.state === 'draining' && order.do !== 'stop') return no('the batch is being stopped');
    const answer = this.#carryOut(order);
    if (answer.ok) wake();
    return answer;
  }

  #carryOut(order: Order): Answer {
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

  #each(mailbox: string, act: (worker: Worker) => Answer): Answer {
    const worker = this.parts.roster.find(mailbox);
    return worker ? act(worker) : no(`no mailbox ${mailbox} in this batch`);
  }

  #stop(how: 'drain' | 'now'): Answer {
    const { control, drain, drop, roster } = this.parts;
    control.state = 'draining';
    drain.abort(STOPPED);
    if (how === 'now') drop.abort(STOPPED);
    roster.tellAll({ kind: 'stopped', how });
    return OK;
  }

  #stopOne = (how: 'drain' | 'now') => (worker: Worker) => this.#order(worker, 'stop', { kind: 'stopped', how });

  /**
   * Pauses the batch. Mailboxes at work settle what is in flight and close their connections; waiting ones stay in the
   * queue.
   */
  #pause(): Answer {
    const { control, roster } = this.parts;
    if (control.state === 'paused') return no('the batch is paused already');
    control.state = 'paused';
    roster.tellAll({ kind: 'paused', by: 'batch' });
    return OK;
  }

  #pauseOne = (worker: Worker): Answer => this.#order(worker, 'pause', { kind: 'paused', by: 'operator' });

  #continue(): Answer {
    const { control, roster } = this.parts;
    if (control.state !== 'paused') {
      if (this.#takeUpStopped() > 0) return OK;
      const single = roster.pausedByName;
      const alone = `; continue by name what was paused alone (${plural(single, 'mailbox', 'mailboxes')})`;
      return no(`the batch is not paused${single > 0 ? alone : ''}`);
    }
    control.state = 'running';
    roster.tellAll({ kind: 'continued', by: 'batch' });
    return OK;
  }

  /**
   * Queues mailboxes that were broken off, as at the start of a batch. Where the batch is not paused, an order to go on
   * means all of them.
   */
  #takeUpStopped(): number {
    const { control, roster } = this.parts;
    const stopped = [...roster.workers.values()].filter(({ state }) => state.kind === 'stopped');
    for (const worker of stopped) roster.tell(worker, beginningOf(control.options, worker.row));
    return stopped.length;
  }

  #continueOne = (worker: Worker): Answer =>
    this.parts.control.state === 'paused'
      ? no('the whole batch is paused: continue that')
      : this.#order(worker, 'continue', { kind: 'continued', by: 'operator' });

  /**
   * Lets a mailbox start in so many seconds, whatever it waited for. A mailbox that is held or at its end tries again.
   */
  #startIn(worker: Worker, seconds: number): Answer {
    const { clock, control } = this.parts;
    if (control.state === 'paused') return no('the batch is paused: continue it first');
    const { open, until } = windowAt(control.options.window, clock.now());
    if (!open) return no(`the window is closed until ${showTime(until)}: change it first`);
    const [order, why] =
      seconds > 0 ? (['postpone', { key: 'postponed' }] as const) : (['start', { key: 'order' }] as const);
    return this.#order(worker, order, { kind: 'ordered', at: clock.now() + seconds * 1000, why });
  }

  /** Gives a mailbox an order, or says why the order means nothing in its state. */
  #order(worker: Worker, order: MailboxOrder, event: LifeEvent): Answer {
    const { row, state, life } = worker;
    const refusal = can(order, life);
    if (refusal !== null) return no(REFUSALS[refusal](row.email, state.kind));
    this.parts.roster.tell(worker, event);
    return OK;
  }

  /**
   * Lets a mailbox start by a decision, whatever it waited for, unless it is at work.
   *
   * @param at  ms since the epoch
   */
  startBy(worker: Worker, at: Instant, why: Reason): void {
    if (this.#isOver) return;
    this.parts.roster.tell(worker, { kind: 'decided', at, why });
  }

  /** Takes a mailbox up again: the decision to give it up was undone. */
  takeUp(worker: Worker): void {
    this.parts.roster.tell(worker, { kind: 'taken up', to: this.#isOver ? 'rest' : 'queue' });
  }

  /** Releases a mailbox by a decision: the cause of its hold is mended, and refused messages are tried once more. */
  release(worker: Worker, why: Reason): void {
    if (this.#isOver) return;
    this.parts.roster.tell(worker, { kind: 'released', at: this.parts.clock.now(), why });
  }

  /** Whether no mailbox starts any more. */
  get #isOver(): boolean {
    const { state } = this.parts.control;
    return state === 'draining' || state === 'stopped' || state === 'ended';
  }

  /** Starts a held mailbox again after so many milliseconds, unless somebody acted on it meanwhile. */
  lookAgain(worker: Worker, ms: number): void {
    const { clock, drop, drain } = this.parts;
    const { life } = worker;
    void clock.sleep(ms, AbortSignal.any([drop.signal, drain.signal])).then(() => {
      if (worker.life !== life || drain.signal.aborted || drop.signal.aborted) return;
      this.startBy(worker, clock.now(), { key: 'disk' });
    });
  }

  /** Lengthens a rest by a decision. A mailbox that was paused in a rest rests on when it continues. */
  restUntil(worker: Worker, until: Instant): void {
    this.parts.roster.tell(worker, { kind: 'rest raised', until });
  }

  #change(options: Partial<BatchControl['options']>): Answer {
    const checked = batchOptionsSchema
      .pick({ stagger: true, concurrency: true, window: true })
      .partial()
      .safeParse(options);
    if (!checked.success)
      return no('stagger is seconds from 0 on, concurrency 1 to 100, a window two different minutes of the day');
    if (options.stagger && options.stagger.min > options.stagger.max) return no('stagger: the least is over the most');
    const { control, clock } = this.parts;
    control.options = { ...control.options, ...options };
    if (options.stagger) {
      const latest = clock.now() + options.stagger.max * 1000;
      control.nextFirst = new Map([...control.nextFirst].map(([key, at]) => [key, Math.min(at, latest)]));
    }
    return OK;
  }

  #password(worker: Worker, { side, secret, origin }: CommandOf<'password'>): Answer {
    if (secret === '') return no('the password is empty');
    const { credentials, roster, clock, onSharedPassword } = this.parts;
    if (credentials.answer(side, worker.row, new Secret(secret), origin) === 'shared')
      onSharedPassword(worker.row, side);
    // The caller, who reads the plan again, says which mailboxes go on.
    if (origin === 'plan') return OK;
    roster.tell(worker, { kind: 'answered' });
    // A mailbox that was held in an earlier run does not know any more that it asks for a password.
    if (worker.life.at === 'hold') roster.tell(worker, { kind: 'released', at: clock.now(), why: { key: 'order' } });
    return OK;
  }
}

const REFUSALS: Readonly<Record<OrderRefusal, (email: string, state: string) => string>> = {
  'at work': (email) => `${email} is at work already`,
  paused: (email) => `${email} is paused: continue it`,
  'being stopped': (email) => `${email} is being stopped`,
  'given up': (email) => `${email} is given up: undo that decision`,
  'not paused': (email, state) => `${email} is not paused: it is ${state}`,
  'not waiting': (email, state) => `${email} does not wait for its start: it is ${state}`,
  'not running': (email, state) => `${email} is not running: it is ${state}`,
};
