import { optionsOf } from '../../store/batch/options-of.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import type { CopyContext } from '../copy/job.js';
import { MemoryBudget } from '../copy/memory/memory-budget.js';
import type { Place } from '../governor/governor.js';
import type { OpenConnections } from '../login/open-connections.js';
import type { ShownMailbox } from '../login/take-destination.js';
import type { AttemptEnding, EndingParts, Run } from './attempt-ending.js';
import type { Checkpoints } from './checkpoints.js';
import { keepUnanswered, takeUpUnanswered } from './kept-unanswered.js';
import type { MailboxView } from './mailbox-view.js';
import { runPass } from './pass/pass.js';
import type { PassParts } from './pass/pass-parts.js';
import { unlessAborted } from './stopping.js';
import { TriedAgain } from './tried-again.js';
import type { WorkerParts } from './worker-parts.js';

/**
 * Bytes in flight in one mailbox: enough for 1 Gbit/s at 100 ms, and little enough that one
 * mailbox stays under 150 MB with all that Node needs besides.
 */
const IN_FLIGHT = 12 * 1024 * 1024;

/** The surroundings of all passes over a mailbox. */
export interface Passing {
  readonly parts: WorkerParts;
  readonly view: MailboxView;
  readonly ending: AttemptEnding;
  readonly run: Run;
  readonly log: EndingParts['log'];
  readonly judge: CopyContext['judge'];
}

/** One attempt: its place, and the signals that end it. */
export interface Attempt {
  readonly checkpoints: Checkpoints;
  readonly place: Place;
  /** Ends the attempt when everything in flight is settled. */
  readonly drain: AbortSignal;
  /** Drops the connections of the attempt at once. */
  readonly drop: AbortSignal;
  /** Called when it has its connections. */
  readonly opened: (open: OpenConnections) => void;
}

function contextOf(
  { parts: { row, world }, ending, run, log, judge }: Passing,
  { connections, listings }: OpenConnections,
  allowance: CopyContext['allowance'],
  drain: AbortSignal,
): CopyContext {
  const { batch, clock, memory, random } = world;
  return {
    connections,
    clock,
    random,
    signal: drain,
    memory: [new MemoryBudget(Math.min(IN_FLIGHT, memory.total)), memory],
    sending: optionsOf(batch.options, row),
    beganAt: clock.now(),
    allowance,
    lineOctets: listings.destination.known.values.lineOctets,
    maxSize: batch.options.maxSize,
    inquiry: run.memory.inquiry,
    judge,
    fail: (failure) => ending.enter(failure),
    log: (level, folder, text) => log(level, null, folder, text),
  };
}

const shownBy = ({ connections, listings, inboxId }: OpenConnections): ShownMailbox => ({
  session: connections.destination.session,
  listing: listings.destination,
  inboxId,
});

function partsOf(
  { parts: { row, record, world, orders }, view, run }: Passing,
  {
    triedAgain,
    ...ofAttempt
  }: Pick<PassParts, 'checkpoints' | 'open' | 'context'> & { readonly triedAgain: TriedAgain },
): PassParts {
  return {
    ...ofAttempt,
    batch: world.batch,
    row,
    record,
    memory: run.memory,
    orders,
    onState: (kind, folder) => view.turnsTo(kind, folder),
    onTallies: (tallies) => {
      view.tallies = tallies;
    },
    onProgress: (folder, how) => {
      if (how === 'stored') {
        view.arrivesIn(folder);
        triedAgain.arrives(folder);
      }
      world.onChange(row);
    },
  };
}

/** Logs in at both servers, goes over all folders of the mailbox, and closes the connections, however it ends. */
export async function connectAndPass(
  passing: Passing,
  { checkpoints, place, drain, drop, opened }: Attempt,
): Promise<void> {
  const { parts, view, run } = passing;
  const { row, record, world } = parts;
  const { connections, memory } = run;
  takeUpUnanswered(record.data, memory.inquiry, world.clock);
  memory.inquiry.attempt();
  const allowance = await world.allowances.of(row);
  // The allowance of the day is used up, so no login is made.
  if (allowance?.spent) throw allowance.spent;
  const open = await unlessAborted(connections.open(place, drop), drop);
  view.connected(open.sessions);
  opened(open);
  const hangUp = () => {
    for (const { wire } of open.sessions) wire.drop(new Error('stopped'));
  };
  drop.addEventListener('abort', hangUp, { once: true });
  if (drop.aborted) hangUp();
  const sendNoMore = () => open.connections.destination.lane.end(drain.reason);
  drain.addEventListener('abort', sendNoMore, { once: true });
  const triedAgain = new TriedAgain(record.errors);
  triedAgain.loggedIn();
  world.onChange(row);
  open.connections.source.fetch.meter = allowance;
  const context = contextOf(passing, open, allowance, drain);
  let lock: DestinationLock | null = null;
  try {
    drain.throwIfAborted();
    lock = await world.takeByMarks(row, shownBy(open));
    await runPass(partsOf(passing, { checkpoints, open, context, triedAgain }));
    keepUnanswered(record.data, memory.inquiry, world.clock);
    triedAgain.wentThrough();
  } finally {
    drop.removeEventListener('abort', hangUp);
    drain.removeEventListener('abort', sendNoMore);
    connections.close(open);
    await lock?.release();
    // The allowance on disk is never less than what was moved. If it cannot be written, the charge of before stays.
    await allowance?.settle().catch(() => undefined);
  }
}
