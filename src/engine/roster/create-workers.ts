import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlanRow } from '../../store/batch/batch.js';
import { endpointAt, endpointOf } from '../../store/batch/endpoints.js';
import type { Decisions } from '../../store/decisions/decisions.js';
import { lostDecisions } from '../../store/decisions/lost-decisions.js';
import type { Looks } from '../../store/looks/looks.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { MailboxOrders } from '../decisions/mailbox-orders.js';
import { KnownManners } from '../login/known-manners.js';
import { takeByMarks, takeDestination } from '../login/take-destination.js';
import type { TrustBook } from '../login/trust-book.js';
import { MEND_AND_GO_ON } from '../mailbox/mend-and-go-on.js';
import { Worker } from '../mailbox/worker.js';
import type { WorkerWorld } from '../mailbox/worker-parts.js';
import { mannersAt } from '../profiles/find.js';
import type { Publisher } from '../publish/publisher.js';
import type { EngineParts } from '../running-engine.js';
import { givenUpBy } from '../triage/give-up.js';
import type { Triage } from '../triage/triage.js';
import { beginningOf } from './beginning.js';
import type { Roster } from './roster.js';

/** Workers that are created without a pause, which takes some 10 ms. Consoles that come meanwhile want an answer. */
const AT_ONCE = 500;

/** Puts a new worker in the place of one that is held or at rest. */
export type Recreate = (row: PlanRow) => void;

export interface CreateWorkers
  extends Pick<WorkerWorld, 'connect' | 'credentials' | 'memory' | 'paces' | 'allowances' | 'onServer'> {
  readonly engine: EngineParts;
  readonly trust: TrustBook;
  /** Gets the workers, and those that wait for their turn. */
  readonly roster: Roster;
  readonly decisions: Decisions;
  readonly triage: Triage;
  /** Gets what operators decided about messages, by mailbox. */
  readonly orderBooks: Map<string, MailboxOrders>;
  readonly publisher: Publisher;
  /** The findings of early looks. */
  readonly looks: Pick<Looks, 'of'>;
}

/**
 * A worker for each mailbox of the plan; documents are read where there are any, and born when it starts.
 *
 * A mailbox whose document cannot be read is held; it is no matter of the others.
 *
 * @returns puts another worker in the place of one that is held, by a row of the plan that was corrected
 * @throws BadInput  when a certificate authority's file cannot be used, or the mailboxes cannot be listed
 */
export async function createWorkers(given: CreateWorkers): Promise<Recreate> {
  const { engine, trust, roster, decisions, publisher } = given;
  const { batch, store } = engine;
  await trust.read();
  const records = await store.everyMailbox();
  const lost = lostDecisions(decisions, records.values());
  if (lost !== null) store.remark(lost);
  const create = creator(given, records);
  for (const [number, row] of batch.mailboxes.entries()) {
    if (number % AT_ONCE === AT_ONCE - 1) await nextTurn();
    startLife(given, row, create(row));
    // Published also for a mailbox that stays as its document tells.
    publisher.touch(row.id);
  }
  return (row) => {
    // It stays held. The caller, who corrected the row, says when it goes on.
    roster.tell(create(row).worker, { kind: 'laid down' });
    publisher.touch(row.id);
  };
}

interface Created {
  readonly worker: Worker;
  readonly record: MailboxRecord;
}

/** Creates the worker of a row, known to the roster and with the decisions of operators. */
function creator(
  { roster, triage, orderBooks, ...given }: CreateWorkers,
  records: ReadonlyMap<string, MailboxRecord>,
): (row: PlanRow) => Created {
  const world = worldOf({ ...given, triage });
  return (row) => {
    const record = records.get(row.id);
    if (!record) throw new Error(`unreachable: ${row.id} has no record`);
    const orders = orderBooks.get(row.id) ?? triage.ordersOf(row.id);
    orderBooks.set(row.id, orders);
    const worker = new Worker({ row, record, orders, world });
    roster.add(worker);
    worker.follow(triage.decisions);
    return { worker, record };
  };
}

/** The parts that all workers share. */
function worldOf(given: Omit<CreateWorkers, 'roster' | 'orderBooks'>): WorkerWorld {
  const { engine, connect, credentials, trust, memory, paces, allowances, triage, publisher, onServer, looks } = given;
  const { batch, workspace, clock, random } = engine;
  return {
    batch,
    credentials,
    trust: (row) => trust.of(row),
    connect,
    clock,
    random,
    memory,
    paces,
    allowances,
    manners: new KnownManners((side, key) => mannersAt(endpointAt(batch, side, key))),
    correct: triage.correct,
    takeDestination: (row) => takeDestination(workspace, endpointOf(batch, 'destination', row), row),
    takeByMarks: (row, shown) => takeByMarks(workspace, endpointOf(batch, 'destination', row), row, shown),
    restFactor: ({ id }) => triage.restFactor(id),
    onChange: ({ id }) => publisher.touch(id),
    look: ({ id }) => looks.of(id),
    onServer,
    onFailure: ({ email }, failure) => publisher.failure(email, failure),
    onLog: ({ email }, line) => publisher.log({ ...line, mailbox: email }),
  };
}

/** Queues a mailbox, lays it down, or holds it, as its document and the decisions say. */
function startLife(given: CreateWorkers, row: PlanRow, { worker, record }: Created): void {
  const { roster, decisions, publisher } = given;
  const { atRest } = given.engine;
  if (record.unusable !== null) {
    const { message } = record.unusable;
    publisher.say('error', `${row.email}: ${message}`);
    const because = { key: 'file', text: message } as const;
    roster.tell(worker, { kind: 'broke', hold: { because, asks: MEND_AND_GO_ON, password: null } });
  } else roster.tell(worker, atRest ? { kind: 'laid down' } : beginningOf(given.engine.batch.options, row));
  const state = givenUpBy(decisions.all, row.id);
  if (state !== null) roster.tell(worker, { kind: 'given up', state });
  else if (worker.state.kind === 'given-up') roster.tell(worker, { kind: 'taken up', to: atRest ? 'rest' : 'queue' });
}
