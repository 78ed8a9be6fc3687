import type { Batch, PlanRow } from '../store/batch/batch.js';
import { type EndpointKey, endpointAt, endpointKey, endpointName, PerEndpoint } from '../store/batch/endpoints.js';
import type { Looks } from '../store/looks/looks.js';
import { SIDES, type Side } from '../words/side.js';
import { BatchChanges } from './batch-changes.js';
import { Allowances } from './budget/allowances.js';
import { MemoryBudget } from './copy/memory/memory-budget.js';
import type { MailboxOrders } from './decisions/mailbox-orders.js';
import type { Governor } from './governor/governor.js';
import { LocalGovernor } from './governor/local.js';
import { paceOf } from './governor/rate-limit.js';
import type { Connect } from './imap/connection/transport.js';
import { AnsweredCredentials } from './login/answered-credentials.js';
import { CertificateDesk } from './login/certificate-desk.js';
import type { Paces } from './login/dialling.js';
import { type OpenSource, sourceOpener } from './login/source-session.js';
import { TrustBook } from './login/trust-book.js';
import type { EarlyLooks } from './look/early-looks.js';
import { MessageDesk } from './look/message-desk.js';
import type { Worker } from './mailbox/worker.js';
import { Notifier } from './notices/notifier.js';
import type { KnownServer } from './profiles/profile.js';
import { Servers } from './profiles/servers.js';
import { EndpointHealth } from './publish/endpoint-health.js';
import { Publisher } from './publish/publisher.js';
import { RehearsalDesk } from './rehearsal/rehearsal-desk.js';
import { Attempts } from './roster/attempts.js';
import { EndpointHolds } from './roster/endpoint-holds.js';
import { looksAhead } from './roster/looks-ahead.js';
import { Orders } from './roster/orders.js';
import { Roster } from './roster/roster.js';
import { SharedLogins } from './roster/shared-logins.js';
import { Turns } from './roster/turns.js';
import type { EngineParts } from './running-engine.js';
import type { BatchControl } from './schedule/batch-control.js';
import type { JumpWatch } from './schedule/jump-watch.js';
import { rankOf } from './schedule/rank.js';
import type { Triage } from './triage/triage.js';

/** The pieces of an engine and what each of them is given. None of them knows the engine. */
export class EngineWiring {
  readonly roster = new Roster(() => this.turns.wake());
  readonly drain = new AbortController();
  readonly drop = new AbortController();
  /** The batch has ended. */
  readonly over = new AbortController();
  readonly memory: MemoryBudget;
  readonly control: BatchControl;
  readonly servers: Servers;
  readonly allowances: Allowances;
  readonly paces: (row: PlanRow) => Paces;
  readonly credentials: AnsweredCredentials;
  readonly orders: Orders;
  readonly health: EndpointHealth;
  readonly governor: Governor;
  readonly turns: Turns;
  readonly publisher: Publisher;
  readonly shared: SharedLogins;
  readonly holds: EndpointHolds;
  readonly attempts: Attempts;
  readonly orderBooks = new Map<string, MailboxOrders>();
  readonly messages: MessageDesk;
  /** How the source is reached for a look at messages. */
  readonly source: { readonly open: OpenSource; readonly drop: AbortSignal };
  readonly trust: TrustBook;
  readonly changes: BatchChanges;
  readonly certificates: CertificateDesk;
  readonly rehearsals: RehearsalDesk;
  /** Null where nobody wants to be told. */
  readonly notifier: Notifier | null;

  readonly #open: OpenSource;
  /** Null before they were read. */
  looks: Pick<Looks, 'of'> | null = null;
  /** Null where nobody looks ahead. */
  early: EarlyLooks | null = null;

  /**
   * @param parts  with the clock that notices when the wall clock is set
   * @param triage  null before it was read
   */
  constructor(
    private readonly parts: EngineParts & { readonly clock: JumpWatch },
    connect: Connect,
    triage: () => Triage | null,
  ) {
    const { batch, clock } = parts;
    this.servers = new Servers(batch);
    const { servers } = this;
    this.allowances = new Allowances({ batch, servers, clock, file: (of) => parts.store.spent(of) });
    const paces = new PerEndpoint((side, key) => paceOf(endpointAt(batch, side, key), clock));
    this.paces = (row) => ({ source: paces.of('source', row), destination: paces.of('destination', row) });
    this.memory = new MemoryBudget(batch.options.memory);
    this.control = { state: 'running', options: batch.options, nextFirst: new Map() };
    this.health = new EndpointHealth(mailboxesAt(batch));
    this.credentials = new AnsweredCredentials(parts.credentials);
    this.governor = this.#governorFor(parts);
    const { roster, control, governor, credentials, drain, drop, health } = this;
    const wake = () => this.turns.wake();
    const { order } = batch.options;
    const rank = order === 'plan' ? null : (id: string) => rankOf(order, this.looks?.of(id) ?? null);
    this.turns = new Turns({ roster, control, governor, clock, random: parts.random, rank });
    this.trust = new TrustBook(batch);
    const say: Publisher['say'] = (level, text) => this.publisher.say(level, text);
    this.changes = new BatchChanges({ store: parts.store, trust: this.trust, roster, say });
    this.certificates = new CertificateDesk({
      ...{ store: parts.store, trust: this.trust, connect, clock },
      mailbox: (mailbox) => roster.find(mailbox),
    });
    const trust = (row: PlanRow) => this.trust.again('source', row);
    this.#open = sourceOpener({ batch, credentials, trust, connect, clock });
    this.source = { open: this.#open, drop: drop.signal };
    this.messages = new MessageDesk({ mailbox: (mailbox) => roster.find(mailbox), ...this.source });
    this.orders = new Orders({
      ...{ roster, control, credentials, drain, drop, clock, wake },
      onSharedPassword: (row, side) => this.shared.answered(row, side),
    });
    this.publisher = this.#publisherFor(parts, triage);
    this.notifier = this.#notifierFor(parts);
    this.rehearsals = new RehearsalDesk({
      ...{ workspace: parts.workspace, clock },
      batch: () => ({ ...batch, options: { ...batch.options, ...control.options } }),
      mailboxes: () => this.publisher.current(),
      looks: () => this.looks,
    });
    this.shared = new SharedLogins({ roster, shared: (side, row) => credentials.shared(side, row) });
    this.holds = new EndpointHolds(roster, governor);
    const { publisher, orders, shared, holds, orderBooks } = this;
    const signals = { drain: drain.signal, drop: drop.signal };
    this.attempts = new Attempts({
      ...{ roster, publisher, orders, health, shared, holds, triage, orderBooks, clock, wake },
      ...signals,
    });
  }

  #governorFor({ batch, clock, random }: EngineParts): Governor {
    return new LocalGovernor({
      batch,
      servers: this.servers,
      clock,
      random,
      shared: (side, row) => this.credentials.shared(side, row),
      concurrency: () => this.control.options.concurrency,
      waiting: () => this.roster.queue.size,
      onRoom: () => this.turns.roomMade(),
      say: (level, text) => this.publisher.say(level, text),
    });
  }

  #publisherFor({ batch, clock, store }: EngineParts, triage: () => Triage | null): Publisher {
    const { control, health, governor, allowances } = this;
    return new Publisher({
      ...{ batch, clock, control, health, governor, allowances },
      log: store.log,
      decided: () => triage()?.last ?? 0,
      entity: (id) => this.worker(id).entity,
      row: (id) => this.worker(id).row,
      drop: this.drop.signal,
    });
  }

  #notifierFor({ notices, store, clock }: EngineParts): Notifier | null {
    if (!notices) return null;
    const { publisher } = this;
    const notifier = new Notifier({
      wishes: notices,
      store,
      clock,
      batch: () => publisher.batch(),
      mailboxes: () => publisher.current(),
      say: (level, text) => publisher.say(level, text),
    });
    publisher.onEvent((event) => notifier.hear(event));
    return notifier;
  }

  /** Counts the mailboxes that wait, from now on and until the batch ends. */
  looksAhead(looks: Looks): void {
    const { clock, batch } = this.parts;
    const { roster, control, governor, health, publisher } = this;
    const early = looksAhead({ batch, clock, looks, open: this.#open, roster, control, governor, health, publisher });
    this.early = early;
    void early.run(AbortSignal.any([this.drain.signal, this.drop.signal, this.over.signal]));
  }

  /** A session was let in there. */
  serverShown(side: Side, row: PlanRow, known: KnownServer): void {
    const name = endpointName(this.parts.batch, side, endpointKey(side, row));
    if (this.servers.shown(side, row, known) && known.name !== 'generic')
      this.publisher.say('info', `${name}: taken for ${known.title} (profile ${known.name})`);
  }

  worker(id: string): Worker {
    const worker = this.roster.workers.get(id);
    if (!worker) throw new Error(`unreachable: no mailbox ${id}`);
    return worker;
  }

  /** All instants that are kept of the clock on the wall move along. @param by  milliseconds */
  clockSet(by: number): void {
    this.control.nextFirst = new Map([...this.control.nextFirst].map(([key, at]) => [key, at + by]));
    this.roster.clockSet(by);
    this.health.clockSet(by);
    this.publisher.clockSet(by);
    this.turns.wake();
  }
}

/** How many mailboxes an endpoint has. */
function mailboxesAt({ mailboxes }: Batch): (side: Side, key: EndpointKey) => number {
  const counts = new PerEndpoint(() => ({ mailboxes: 0 }));
  for (const row of mailboxes) for (const side of SIDES) counts.of(side, row).mailboxes++;
  return (side, key) => counts.at(side, key).mailboxes;
}
