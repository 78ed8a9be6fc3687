import { type AnswerOf, type CommandOf, type Handlers, handle } from '../../protocol/commands.js';
import { type Instant, type MailboxState, waitsForWave } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import type { Decisions } from '../../store/decisions/decisions.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Clock } from '../../words/clock.js';
import type { Reason } from '../../words/reason.js';
import { reasonText } from '../../words/reason-text.js';
import { leftByFolder, leftInAll } from '../account/left-by-folder.js';
import { mailboxesOf, placesOf } from '../decisions/decision-parts.js';
import { judgeTrial, MailboxOrders } from '../decisions/mailbox-orders.js';
import type { MailboxErrors } from '../decisions/selection.js';
import { dueAt, firstOf, restFactor } from '../decisions/standing.js';
import { isGivenUp, restOf } from '../mailbox/life/state-of-life.js';
import type { Worker } from '../mailbox/worker.js';
import type { Corrector } from '../responses/corrections.js';
import { sanitise } from '../responses/sanitise.js';
import { named } from './about.js';
import { type DeskName, type DeskPort, refusing, TriageDesk } from './desk.js';
import { exportSelected, exportTo } from './export-file.js';
import { HEADERED_COLUMNS } from './failed-headers.js';
import { HeaderDesk, type HeaderDeskParts } from './header-desk.js';
import { type Counted, morningOf } from './morning.js';

/** The commands that a running batch's desk takes: those of any desk, and some that need an engine. */
export type TriageName = DeskName | 'export' | 'headers' | 'morning' | 'looked';

export interface TriageParts {
  readonly decisions: Decisions;
  /** All mailboxes of the batch, by id. */
  readonly roster: { readonly workers: ReadonlyMap<string, Worker> };
  readonly clock: Clock;
  readonly startedAt: Instant;
  /** How the batch stands now. */
  readonly count: () => Counted;
  /** How the source is reached for a look at failed messages. */
  readonly source: Pick<HeaderDeskParts, 'open' | 'drop'>;
  readonly say: (level: LogLine['level'], text: string) => void;
  /** Lets a mailbox that is not at work start at an instant (0: now), as by an operator's order. */
  readonly start: (worker: Worker, at: Instant, why: Reason) => void;
  /** The operator says that the cause of a hold is mended: the mailbox tries everything again that was refused in this run. */
  readonly release: (worker: Worker, why: Reason) => void;
  /** Lets a mailbox that rests, or was paused in a rest, do so until then. */
  readonly rest: (worker: Worker, until: Instant) => void;
  /** Ends the work on a mailbox; `takeUp` lets it be worked on again. */
  readonly giveUp: (worker: Worker, state: Extract<MailboxState, { kind: 'given-up' }>) => void;
  readonly takeUp: (worker: Worker) => void;
}

/** The desk of a batch that runs. It carries decisions out at once and records their outcome. */
export class Triage {
  readonly #port: DeskPort;
  readonly #desk: TriageDesk;
  readonly correct: Corrector;
  readonly #headers: HeaderDesk;
  readonly #answers: Handlers<TriageName>;

  constructor(private readonly parts: TriageParts) {
    this.#port = portTo(parts);
    this.#desk = new TriageDesk(this.#port);
    this.correct = this.#desk.correct;
    this.#headers = new HeaderDesk({ workers: () => [...parts.roster.workers.values()], ...parts.source });
    this.#answers = {
      ...this.#desk.handlers,
      export: (command) => this.#export(command),
      headers: async ({ selection }) => ({ ok: true, headers: await this.#headers.show(this.#desk.select(selection)) }),
      morning: () => ({ ok: true, morning: this.#morning() }),
      looked: ({ by }) => this.#looked(by),
    };
  }

  /** Id of the last decision. */
  get last(): number {
    return this.parts.decisions.last;
  }

  /** All decisions, oldest first, for mailboxes that catch up with them. */
  get decisions(): readonly Decision[] {
    return this.parts.decisions.all;
  }

  /** The orders for one mailbox, for as long as the engine runs. */
  ordersOf(mailbox: string): MailboxOrders {
    const { decisions, clock } = this.parts;
    return new MailboxOrders({
      mailbox,
      decisions: () => decisions.all,
      replace: (decision) => decisions.replace(decision),
      now: () => clock.now(),
      onTried: (id, refused) => this.#tried(id, refused),
    });
  }

  restFactor(mailbox: string): number {
    return restFactor(this.parts.decisions.all, mailbox);
  }

  /**
   * A mailbox went through all its folders. Messages of a trial that are still open in it were refused, or cannot be
   * tried. This also decides a trial whose engine was killed before it recorded the outcome.
   */
  synced(mailbox: string): void {
    for (const decision of this.parts.decisions.all) {
      const { id, action, scope } = decision;
      if (action.do !== 'try-first' || action.outcome !== 'open') continue;
      const places = placesOf(decision, mailbox);
      if (places.length === 0) continue;
      const left = new UidSet();
      for (const i of places) {
        const part = scope[i];
        if (part?.state === 'taken' || part?.state === 'done') left.addAll(this.#desk.open(part, firstOf(action, i)));
      }
      this.#tried(id, left);
    }
  }

  /** Saves the outcome of decisions after an attempt on a mailbox. Never throws. */
  async ended(): Promise<void> {
    await this.parts.decisions
      .save()
      .catch((error: unknown) =>
        this.parts.say(
          'error',
          `the outcome of decisions could not be written: ${diskTroubleIn(error)?.message ?? error}`,
        ),
      );
  }

  /** When a mailbox is to be started for what was decided; null: nothing waits. */
  dueAt(mailbox: string): Instant | null {
    return dueAt(this.parts.decisions.all, mailbox);
  }

  command<C extends CommandOf<TriageName>>(command: C): Promise<AnswerOf<C['do']>> {
    return refusing(() => handle(this.#answers, command));
  }

  /** Some mailbox had answers to the first messages of a trial. */
  #tried(id: number, refused: UidSet): void {
    const { decisions, say } = this.parts;
    const decision = decisions.find(id);
    if (!decision) return;
    const judged = judgeTrial(decision, refused, (part, uids) => !this.#desk.open(part, uids).isEmpty);
    if (judged?.action.do !== 'try-first') return;
    decisions.replace(judged);
    if (judged.action.outcome === 'failed') {
      say('warn', `decision ${id}: ${refused.size} of the first were not taken, the rest stays as it is`);
      return;
    }
    say('info', `decision ${id}: the first were taken, the rest follows`);
    for (const mailbox of mailboxesOf(judged.scope.filter(({ state }) => state === 'waiting')))
      this.#desk.start(mailbox);
  }

  async #export({ selection, format, path, headers }: CommandOf<'export'>): Promise<AnswerOf<'export'>> {
    const selected = this.#desk.select(selection);
    const saved =
      headers === 'read'
        ? await exportTo(path, (await this.#headers.read(selected)).rows, format, HEADERED_COLUMNS)
        : await exportSelected(selected, format, path);
    this.parts.say('info', `${saved.rows} failures were written to ${sanitise(saved.path)}`);
    return { ok: true, saved };
  }

  #morning() {
    const { decisions, roster, startedAt, count } = this.parts;
    return morningOf({
      looked: decisions.looked,
      startedAt,
      now: count(),
      mailboxes: [...roster.workers.values()].filter(({ state }) => !waitsForWave(state)).length,
      decisions: this.#desk.shown,
    });
  }

  async #looked(by: string): Promise<AnswerOf<'looked'>> {
    const { decisions, clock, count } = this.parts;
    await decisions.look({ at: clock.now(), by: named(by), ...count() });
    return { ok: true };
  }
}

function ledgerOf(worker: Worker): MailboxErrors {
  const { row, errors } = worker;
  return {
    id: row.id,
    email: row.email,
    errors,
    isGivenUp: isGivenUp(worker.life),
    leftIn: leftByFolder(worker.counted),
  };
}

/** A running batch, as its desk sees and changes it. */
function portTo({ decisions, roster, clock, say, ...hands }: TriageParts): DeskPort {
  const withWorker = (mailbox: string, act: (worker: Worker) => void): void => {
    const worker = roster.workers.get(mailbox);
    if (worker) act(worker);
  };
  const workers = () => [...roster.workers.values()];
  return {
    decisions,
    clock,
    say,
    ledgers: () => workers().map((worker) => ledgerOf(worker)),
    mailboxes: () => workers().map(({ row }) => row),
    errorsOf: (mailbox) => roster.workers.get(mailbox)?.errors,
    standings: () =>
      workers().map((worker) => ({
        id: worker.row.id,
        email: worker.row.email,
        held: worker.state.kind === 'held' ? reasonText(worker.state.because) : null,
        uidValidity: (folder) => worker.uidValidity(folder),
        leftIn: leftByFolder(worker.counted),
        left: () => leftInAll(worker.counted),
      })),
    follow: (mailbox) => withWorker(mailbox, (worker) => worker.follow(decisions.all)),
    hands: {
      start: (mailbox, at, why) => withWorker(mailbox, (worker) => hands.start(worker, at, why)),
      release: (mailbox, why) => withWorker(mailbox, (worker) => hands.release(worker, why)),
      rest: (mailbox, until) => withWorker(mailbox, (worker) => hands.rest(worker, until)),
      giveUp: (mailbox, state) => withWorker(mailbox, (worker) => hands.giveUp(worker, state)),
      takeUp: (mailbox) => withWorker(mailbox, hands.takeUp),
      restsUntil(mailbox) {
        const worker = roster.workers.get(mailbox);
        return worker ? (restOf(worker.life)?.until ?? null) : null;
      },
    },
  };
}
