import type { Instant } from '../../../protocol/entities.js';
import type { Reason } from '../../../words/reason.js';
import {
  type AtRest,
  type Effect,
  type GivenUp,
  type Hold,
  IN_TURN,
  type Life,
  type LifeEvent,
  NO_ORDER,
  type OrderAtWork,
  type Outcome,
  type Turn,
  WAITS,
} from './life.js';
import { isBusy, isGivenUp, passwordAskedOf, restOf } from './state-of-life.js';

/** A mailbox after an event, with the effects that follow. */
export interface Step {
  readonly life: Life;
  readonly effects: readonly Effect[];
}

type Event<K extends LifeEvent['kind']> = Extract<LifeEvent, { kind: K }>;
type At<K extends Life['at']> = Extract<Life, { at: K }>;

const AT_ONCE: Turn = { notBefore: 0, starts: 'by order', state: WAITS };
const STOPPED: Life = { at: 'rest', state: { kind: 'stopped' } };

/**
 * How a mailbox goes on after an event. An event that means nothing for it leaves it as it is; `can` says beforehand
 * whether an order means something.
 *
 * @param now  milliseconds since the epoch
 */
export function step(life: Life, event: LifeEvent, now: Instant): Step {
  // A mailbox that was given up comes back only when that decision is undone.
  return isGivenUp(life) && event.kind !== 'taken up' ? stays(life) : stepOf(life, event, now);
}

function stepOf(life: Life, event: LifeEvent, now: Instant): Step {
  switch (event.kind) {
    case 'created':
      return to(queued(IN_TURN));
    case 'left to its wave':
      return leftToWave(life, event.wave);
    case 'laid down':
      return life.at === 'rest' || life.at === 'hold' ? stays(life) : to(STOPPED);
    case 'started':
      return to({ at: 'work', phase: 'connecting', order: NO_ORDER, answered: false });
    case 'turned':
      return life.at === 'work' ? to({ ...life, phase: event.phase }) : stays(life);
    case 'came out':
      return isBusy(life)
        ? to({ at: 'closing', outcome: event.outcome, order: life.order, answered: life.answered })
        : stays(life);
    case 'written':
      return life.at === 'closing' ? to(afterAttempt(life, event.due), 'wake') : stays(life);
    case 'broke':
      return to(held(event.hold), 'wake');
    case 'paused':
      return paused(life, event);
    case 'continued':
      return continued(life, event, now);
    case 'stopped':
      return stopped(life, event);
    case 'given up':
      return givenUp(life, event.state);
    case 'taken up':
      return takenUp(life, event.to);
    case 'window closed':
      return windowClosed(life);
    case 'ordered':
      return ordered(life, event);
    case 'decided':
      return decided(life, event, now);
    case 'released':
      return released(life, event);
    case 'rest raised':
      return restRaised(life, event.until);
    case 'answered':
      return answered(life, now);
    case 'held with others':
      return life.at === 'queue'
        ? to({ at: 'hold', hold: event.hold, cause: event.cause, turn: life.turn })
        : stays(life);
    case 'cause is common':
      return life.at === 'hold' ? to({ ...life, cause: event.cause }) : stays(life);
    case 'cause is gone':
      return life.at === 'hold' && isSame(life.cause, event.cause)
        ? to(queued(life.turn ?? IN_TURN), 'wake')
        : stays(life);
    case 'told':
      return life.at === 'queue' ? to(queued({ ...life.turn, state: { ...event, kind: 'queued' } })) : stays(life);
    case 'weighed again':
      return weighedAgain(life, event.state);
    case 'clock set':
      return to(clockSet(life, event.by));
  }
}

const WOKEN: readonly Effect[] = ['wake'];
const FORGIVEN: readonly Effect[] = ['forgive', 'wake'];
const GOES_ON: readonly Effect[] = ['trouble is over', 'wake'];

const to = (life: Life, ...effects: Effect[]): Step => ({ life, effects });
const stays = (life: Life): Step => ({ life, effects: [] });
const queued = (turn: Turn): Life => ({ at: 'queue', turn });
const held = (hold: Hold): Life => ({ at: 'hold', hold, cause: null, turn: null });

/** A start by order: without stagger, from that moment on. */
function startsAt({ at, why }: { readonly at: Instant; readonly why: Reason }): Turn {
  return { notBefore: at, starts: 'by order', state: { kind: 'queued', startsAt: at, why } };
}

/** Follows the orders that came during the attempt. A wait that a server named outlasts a pause, but a stop ends it. */
function afterAttempt({ outcome, order, answered }: At<'closing'>, due: Instant | null): Life {
  if (order.kind === 'start') return queued(order.turn);
  if (order.kind === 'give up') return { at: 'rest', state: order.state };
  switch (outcome.kind) {
    case 'hold':
      return answered && outcome.hold.password !== null ? queued(AT_ONCE) : held(outcome.hold);
    case 'through':
      return due === null || order.kind === 'stop'
        ? { at: 'rest', state: outcome.state }
        : waits(order, startsAt({ at: due, why: { key: 'due' } }));
    case 'rest':
      return afterRest(outcome, order);
    case 'left':
      if (order.kind === 'stop') return STOPPED;
      if (order.kind === 'pause') return { at: 'pause', by: order.by, turn: null };
      return queued(AT_ONCE);
  }
}

/** A pause of the whole batch leaves resting mailboxes in their rest. */
function afterRest({ until, because }: Extract<Outcome, { kind: 'rest' }>, order: OrderAtWork): Life {
  if (order.kind === 'stop') return STOPPED;
  return waits(order, { notBefore: until, starts: 'in turn', state: { kind: 'backing-off', until, because } });
}

/** A pause by name outlasts rests and decisions. */
function waits(order: OrderAtWork, turn: Turn): Life {
  return order.kind === 'pause' && order.by === 'operator' ? { at: 'pause', by: 'operator', turn } : queued(turn);
}

function ordered(life: Life, event: Event<'ordered'>): Step {
  if (isBusy(life) || life.at === 'pause') return stays(life);
  return to(queued(startsAt(event)), ...(life.at === 'hold' ? FORGIVEN : WOKEN));
}

/** A mailbox that was stopped in an earlier run waits like one that was never tried. */
function leftToWave(life: Life, wave: number | null): Step {
  if (life.at === 'hold' || (life.at === 'rest' && life.state.kind !== 'stopped')) return stays(life);
  return to({ at: 'rest', state: { kind: 'queued', startsAt: null, why: { key: 'wave', wave } } });
}

function paused(life: Life, { by }: Event<'paused'>): Step {
  if (life.at === 'queue' && by === 'operator') return to({ at: 'pause', by, turn: life.turn });
  if (!isBusy(life) || isLast(life.order)) return stays(life);
  // A pause by name stays when the whole batch is paused as well.
  if (by === 'batch' && life.order.kind === 'pause') return stays(life);
  return to({ ...life, order: { kind: 'pause', by } }, 'settle');
}

/**
 * Lets paused mailboxes go on. Mailboxes that were paused by name stay paused when the batch continues, because
 * somebody had a reason for them.
 */
function continued(life: Life, { by }: Event<'continued'>, now: Instant): Step {
  if (life.at === 'pause' && (by === 'operator' || life.by === 'batch'))
    return to(queued(resumed(life.turn, now)), 'wake');
  // The attempt is settling already: it ends, and queues again at once.
  if (isBusy(life) && life.order.kind === 'pause' && (by === 'operator' || life.order.by === 'batch'))
    return to({ ...life, order: { kind: 'go on' } });
  return stays(life);
}

/** No attempt follows this order in the same run. */
const isLast = ({ kind }: OrderAtWork) => kind === 'stop' || kind === 'give up';

/**
 * The wait after a pause. The mailbox waits for the rest of the wait that the pause interrupted, because a server may
 * have named it.
 */
function resumed(turn: Turn | null, now: Instant): Turn {
  if (turn === null) return IN_TURN;
  return turn.notBefore > now ? turn : { ...turn, state: WAITS };
}

function windowClosed(life: Life): Step {
  const goesOn = life.at === 'work' && life.order.kind === 'none';
  return goesOn ? to({ ...life, order: { kind: 'go on' } }, 'settle') : stays(life);
}

function givenUp(life: Life, state: GivenUp): Step {
  if (!isBusy(life)) return to({ at: 'rest', state }, 'trouble is over', 'wake');
  return life.order.kind === 'give up' ? stays(life) : to({ ...life, order: { kind: 'give up', state } }, 'halt');
}

/** Takes a mailbox up again that was given up. A mailbox that still settles what was in flight goes on at once. */
function takenUp(life: Life, where: Event<'taken up'>['to']): Step {
  if (isBusy(life) && life.order.kind === 'give up') return to({ ...life, order: { kind: 'go on' } });
  if (!isGivenUp(life)) return stays(life);
  return where === 'queue' ? to(queued(IN_TURN), 'wake') : to(STOPPED);
}

function stopped(life: Life, { how }: Event<'stopped'>): Step {
  if (life.at === 'queue' || life.at === 'pause') return to(STOPPED, 'wake');
  if (!isBusy(life) || life.order.kind === 'give up') return stays(life);
  return to({ ...life, order: { kind: 'stop' } }, 'halt', ...(how === 'now' ? (['drop'] as const) : []));
}

function decided(life: Life, event: Event<'decided'>, now: Instant): Step {
  const isLater = ({ notBefore }: Turn) => event.at > now && notBefore <= event.at;
  const turn = startsAt(event);
  switch (life.at) {
    // A decision about many mailboxes does not end the pause of one. It counts when that mailbox continues.
    case 'pause':
      if (life.by === 'batch') return to(queued(turn), 'wake');
      return life.turn && isLater(life.turn) ? stays(life) : to({ ...life, turn });
    // A mailbox that starts sooner by itself keeps its turn. The decision is looked at again after that attempt.
    case 'queue':
      return isLater(life.turn) ? stays(life) : to(queued(turn), 'wake');
    case 'closing':
      return life.outcome.kind === 'hold' && !isLast(life.order)
        ? to({ ...life, order: { kind: 'start', turn } }, 'trouble is over')
        : stays(life);
    case 'work':
      return stays(life);
    case 'hold':
      return to(queued(turn), ...GOES_ON);
    case 'rest':
      return to(queued(turn), 'wake');
  }
}

/** Releases a held mailbox, which has seen its folders already. A mailbox at work is left alone. */
function released(life: Life, event: Event<'released'>): Step {
  const turn = startsAt(event);
  if (life.at === 'hold') return to(queued(turn), ...FORGIVEN);
  const isHeld = life.at === 'closing' && life.outcome.kind === 'hold' && !isLast(life.order);
  return isHeld ? to({ ...life, order: { kind: 'start', turn } }, 'forgive') : stays(life);
}

function restRaised(life: Life, until: Instant): Step {
  const rest = restOf(life);
  if (rest === null || (life.at !== 'queue' && life.at !== 'pause') || life.turn === null) return stays(life);
  return to({ ...life, turn: { ...life.turn, notBefore: until, state: { ...rest, until } } }, 'wake');
}

/**
 * A mailbox that was held for a password, or that rests, tries at once. One that is at work uses the password from the
 * next login on.
 */
function answered(life: Life, now: Instant): Step {
  if (isBusy(life)) return to({ ...life, answered: true });
  const isAsked = passwordAskedOf(life) !== null || (life.at === 'queue' && restOf(life) !== null);
  return isAsked ? step(life, { kind: 'ordered', at: now, why: { key: 'order' } }, now) : stays(life);
}

function weighedAgain(life: Life, state: AtRest): Step {
  if (life.at === 'rest' && life.state.kind !== 'stopped' && life.state.kind !== 'queued')
    return to({ at: 'rest', state });
  if (life.at === 'closing' && life.outcome.kind === 'through' && isEnd(state))
    return to({ ...life, outcome: { kind: 'through', state } });
  return stays(life);
}

function isEnd(state: AtRest): state is Extract<Outcome, { kind: 'through' }>['state'] {
  return state.kind === 'synced' || state.kind === 'incomplete' || state.kind === 'completed';
}

/** The clock on the wall was set, so instants that are waited for move with it. */
function clockSet(life: Life, by: number): Life {
  if (life.at === 'closing' && life.outcome.kind === 'rest')
    return { ...life, outcome: { ...life.outcome, until: life.outcome.until + by } };
  if (life.at !== 'queue' && life.at !== 'pause' && life.at !== 'hold') return life;
  if (life.turn === null) return life;
  return { ...life, turn: movedBy(life.turn, by) };
}

function movedBy(turn: Turn, by: number): Turn {
  const { notBefore, state } = turn;
  return { ...turn, notBefore: notBefore > 0 ? notBefore + by : 0, state: stateLater(state, by) };
}

function stateLater(state: Turn['state'], by: number): Turn['state'] {
  if (state.kind === 'backing-off') return { ...state, until: state.until + by };
  return state.startsAt === null ? state : { ...state, startsAt: state.startsAt + by };
}

function isSame(one: At<'hold'>['cause'], other: NonNullable<At<'hold'>['cause']>): boolean {
  return one !== null && one.of === other.of && one.side === other.side && one.key === other.key;
}
