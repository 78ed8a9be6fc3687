import type { ErrorGroupEntity } from '../../protocol/answers.js';
import { type AnswerOf, type CommandOf, type Handlers, handle } from '../../protocol/commands.js';
import type { Instant } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import type { Decisions } from '../../store/decisions/decisions.js';
import type { Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import type { ActionRequest, Selection } from '../../words/decision.js';
import type { Kind } from '../../words/verdict.js';
import { restOf } from '../mailbox/life/state-of-life.js';
import type { Worker } from '../mailbox/worker.js';
import { type Corrector, correctorFor } from '../responses/corrections.js';
import { LONGEST_REST } from '../responses/pace.js';
import { sanitise } from '../responses/sanitise.js';
import type { Roster } from '../schedule/roster.js';
import { correctionText, named, textOf } from './about.js';
import { correctionOf } from './correction-of.js';
import { groupErrors } from './error-groups.js';
import { exportSelected } from './export-file.js';
import { judgeTrial, MailboxOrders } from './mailbox-orders.js';
import { type Counted, morningOf } from './morning.js';
import { mailboxesOf, placesOf } from './parts.js';
import { type MailboxErrors, namedIn, type Selected, select } from './selection.js';
import { canUndo, NEEDS_CONNECTIONS, showDecision } from './show-decision.js';
import { dueAt, firstOf, restFactor } from './standing.js';
import { type Weighed, weigh } from './weigh.js';

/** The commands that are about what failed and what is decided of it. */
export type TriageName =
  | 'errors'
  | 'preview'
  | 'decide'
  | 'undo'
  | 'decisions'
  | 'correct'
  | 'uncorrect'
  | 'export'
  | 'morning'
  | 'looked';

export interface TriageParts {
  readonly decisions: Decisions;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly startedAt: Instant;
  /** How the batch stands now. */
  readonly count: () => Counted;
  readonly say: (level: LogLine['level'], text: string) => void;
  /** Lets a mailbox that is not at work start at an instant (0: now), as by an operator's order. */
  readonly start: (worker: Worker, at: Instant, why: string) => void;
  /** What held a mailbox is mended: it tries everything again that was refused in this run. */
  readonly release: (worker: Worker, why: string) => void;
  /** Lets a mailbox that rests, or was paused in a rest, do so until then. */
  readonly rest: (worker: Worker, until: Instant) => void;
}

/** Previews that are kept for a `decide`. */
const PREVIEWS = 64;

/** What operators decide about failures: seen first, durable before anything comes of it, then carried out. */
export class Triage {
  readonly #previews = new Map<string, Weighed>();
  #nextPreview = 1;
  #correct: Corrector;

  constructor(private readonly parts: TriageParts) {
    this.#correct = correctorFor(parts.decisions.corrections);
  }

  /** Id of the last decision. */
  get last(): number {
    return this.parts.decisions.last;
  }

  /** All decisions, oldest first: for those who catch up with them. */
  get decisions(): readonly Decision[] {
    return this.parts.decisions.all;
  }

  readonly correct: Corrector = (verdict, response) => this.#correct(verdict, response);

  /** What one mailbox is told, for as long as the engine runs. */
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
   * A mailbox went through all its folders: whatever of the first few of a trial is open in it now was refused, or
   * cannot be tried. What a kill left unsaid about a trial is found out here, too.
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
        if (part?.state === 'taken' || part?.state === 'done') left.addAll(this.#open(part, firstOf(action, i)));
      }
      this.#tried(id, left);
    }
  }

  /** An attempt on a mailbox has ended: what came of decisions is put down. Never throws. */
  async ended(): Promise<void> {
    await this.parts.decisions
      .save()
      .catch((error: unknown) =>
        this.parts.say(
          'error',
          `what came of decisions could not be written down: ${diskTroubleIn(error)?.message ?? error}`,
        ),
      );
  }

  /** When a mailbox is to be started for what was decided; null: nothing waits. */
  dueAt(mailbox: string): Instant | null {
    return dueAt(this.parts.decisions.all, mailbox);
  }

  async command<C extends CommandOf<TriageName>>(command: C): Promise<AnswerOf<C['do']>> {
    try {
      return await handle(this.#answers, command);
    } catch (error) {
      const trouble = diskTroubleIn(error);
      if (trouble) return { ok: false, why: `nothing was decided: ${trouble.message}` };
      if (error instanceof BadInput) return { ok: false, why: error.message };
      throw error;
    }
  }

  readonly #answers: Handlers<TriageName> = {
    errors: (command) => ({ ok: true, errors: this.#errors(command) }),
    preview: ({ action, selection }) => this.#preview(action, selection),
    decide: ({ preview, by }) => this.#decide(preview, by),
    undo: ({ decision, by }) => this.#undo(decision, by),
    decisions: () => ({
      ok: true,
      decisions: this.parts.decisions.all.map((decision) => this.#show(decision)).toReversed(),
      corrections: this.parts.decisions.corrections,
    }),
    correct: ({ entry, kind, by }) => this.#addCorrection(entry, kind, by),
    uncorrect: ({ id, by }) => this.#removeCorrection(id, by),
    export: (command) => this.#export(command),
    morning: () => ({ ok: true, morning: this.#morning() }),
    looked: ({ by }) => this.#looked(by),
  };

  #errors({ mailbox, filter = '', by = 'code', ...narrowed }: CommandOf<'errors'>): ErrorGroupEntity[] {
    const all = this.#ledgers();
    const of = mailbox === null ? all : all.filter(({ id, email }) => id === mailbox || email === mailbox);
    return groupErrors(of, { ...narrowed, filter, by });
  }

  #ledgers(): MailboxErrors[] {
    return [...this.parts.roster.workers.values()].map(({ row, errors }) => ({ id: row.id, email: row.email, errors }));
  }

  #preview(action: ActionRequest, selection: Selection): AnswerOf<'preview'> {
    const weighed = weigh(this.#select(selection), action, selection, this.#standings(), this.parts.clock.now());
    const id = `p${this.#nextPreview++}`;
    this.#previews.set(id, weighed);
    const [oldest] = this.#previews.keys();
    if (this.#previews.size > PREVIEWS && oldest !== undefined) this.#previews.delete(oldest);
    return { ok: true, preview: { id, ...weighed.preview } };
  }

  #select(selection: Selection): Selected[] {
    return select(this.#ledgers(), selection);
  }

  #standings() {
    return [...this.parts.roster.workers.values()].map((worker) => ({
      id: worker.row.id,
      email: worker.row.email,
      held: worker.state.kind === 'held' ? worker.state.because : null,
      uidValidity: (folder: string) => worker.uidValidity(folder),
      leftIn: (folder: string) => worker.leftIn(folder),
    }));
  }

  async #decide(preview: string, by: string): Promise<AnswerOf<'decide'>> {
    const weighed = this.#previews.get(preview);
    if (!weighed) return { ok: false, why: 'this was decided already, or is too old: look again' };
    if (weighed.decision.scope.length === 0) return { ok: false, why: 'nothing is selected by this' };
    this.#previews.delete(preview);
    const { decisions, clock, say } = this.parts;
    const decision = await decisions
      .add({ ...weighed.decision, at: clock.now(), by: named(by) })
      .catch((error: unknown) => {
        // Nothing was decided: it can be tried again.
        this.#previews.set(preview, weighed);
        throw error;
      });
    say('info', `decision ${decision.id} by ${decision.by}: ${textOf(decision)}`);
    this.#carryOut(decision);
    return { ok: true, decision: this.#show(decision) };
  }

  /** It is on the disk: now the mailboxes follow. */
  #carryOut(decision: Decision): void {
    const { action } = decision;
    for (const worker of this.#workersOf(decision.scope)) {
      worker.follow(this.parts.decisions.all);
      if (action.do === 'backoff') this.#rest(worker, action);
      else if (action.do === 'release') this.#release(worker);
      else if (action.do !== 'skip') this.#start(worker);
    }
    if (action.do === 'release')
      this.parts.decisions.replace({
        ...decision,
        scope: decision.scope.map((part) => ({ ...part, state: 'done' as const })),
      });
  }

  #workersOf(scope: readonly DecisionPart[]): Worker[] {
    return [...mailboxesOf(scope)].flatMap((id) => this.parts.roster.workers.get(id) ?? []);
  }

  /** One at work takes it up with its next folder, or when it has ended; one that is held already has seen its folders. */
  #start(worker: Worker, due = this.dueAt(worker.row.id)): void {
    const { clock, start } = this.parts;
    if (due !== null) start(worker, Math.max(due, clock.now()), `by decision ${this.last}`);
  }

  /** All that was refused in it is tried again: a full destination has room now. One that goes on by now is left alone. */
  #release(worker: Worker): void {
    this.parts.release(worker, `by decision ${this.last}`);
  }

  #rest(worker: Worker, { factor, until }: Extract<Decision['action'], { do: 'backoff' }>): void {
    const { clock, rest } = this.parts;
    const resting = restOf(worker.life);
    if (resting === null) return;
    const now = clock.now();
    const longer = factor === null ? until : now + Math.max(0, resting.until - now) * factor;
    rest(worker, Math.max(resting.until, Math.min(now + LONGEST_REST, longer)));
  }

  async #undo(id: number, by: string): Promise<AnswerOf<'undo'>> {
    const { decisions, clock, say } = this.parts;
    const decision = decisions.find(id);
    if (!decision) return { ok: false, why: `there is no decision ${id}` };
    if (decision.action.do === 'quarantine') return { ok: false, why: NEEDS_CONNECTIONS };
    if (!decision.scope.some((part) => canUndo(decision, part)))
      return { ok: false, why: `decision ${id} cannot be undone any more: ${this.#show(decision).standing}` };
    const undo = await decisions.undo(id, (part) => canUndo(decision, part), {
      at: clock.now(),
      by: named(by),
      about: decision.about,
    });
    const undone = decisions.find(id) ?? decision;
    const left = undone.scope.filter(({ state }) => state !== 'undone').length;
    say(
      'info',
      `decision ${undo.id} by ${undo.by}: undo decision ${id}${left > 0 ? `, ${left} places had begun` : ''}`,
    );
    for (const worker of this.#workersOf(undone.scope)) worker.follow(decisions.all);
    return { ok: true, decision: this.#show(undone) };
  }

  #show(decision: Decision) {
    return showDecision(decision, (part, uids) => this.#open(part, uids).size);
  }

  /** Those of some UIDs that stand open in the error ledger. */
  #open({ mailbox, folder }: DecisionPart, uids: UidSet): UidSet {
    const worker = this.parts.roster.workers.get(mailbox);
    const none = uids.minus(uids);
    return worker && folder !== null ? worker.errors.failed(folder).intersect(uids) : none;
  }

  /** The first few of a trial were answered somewhere. */
  #tried(id: number, refused: UidSet): void {
    const { decisions, say } = this.parts;
    const decision = decisions.find(id);
    if (!decision) return;
    const judged = judgeTrial(decision, refused, (part, uids) => !this.#open(part, uids).isEmpty);
    if (judged?.action.do !== 'try-first') return;
    decisions.replace(judged);
    if (judged.action.outcome === 'failed') {
      say('warn', `decision ${id}: ${refused.size} of the first were not taken, the rest stays as it is`);
      return;
    }
    say('info', `decision ${id}: the first were taken, the rest follows`);
    for (const worker of this.#workersOf(judged.scope.filter(({ state }) => state === 'waiting'))) this.#start(worker);
  }

  async #addCorrection(name: string, kind: Kind, by: string): Promise<AnswerOf<'correct'>> {
    const { decisions, clock, say } = this.parts;
    const entry = this.#entry(name);
    if (!entry) return { ok: false, why: 'there is no such failure any more: look again' };
    const correction = correctionOf(entry, kind, decisions.corrections, { at: clock.now(), by: named(by) });
    if (typeof correction === 'string') return { ok: false, why: correction };
    await decisions.correct(correction);
    this.#recorrect();
    say('info', correctionText(correction));
    for (const { errors } of this.parts.roster.workers.values())
      for (const one of errors.entries)
        one.verdict = this.#correct(one.verdict, { line: one.sample, command: one.command, side: one.side });
    return { ok: true, corrections: decisions.corrections };
  }

  async #removeCorrection(id: string, by: string): Promise<AnswerOf<'uncorrect'>> {
    const { decisions, say } = this.parts;
    if (!(await decisions.uncorrect(id))) return { ok: false, why: `there is no correction ${id}` };
    this.#recorrect();
    say(
      'info',
      `correction ${sanitise(id, 40)} was removed by ${named(by)}: it counts no more from the next response on`,
    );
    return { ok: true, corrections: decisions.corrections };
  }

  #recorrect(): void {
    this.#correct = correctorFor(this.parts.decisions.corrections);
  }

  #entry(name: string) {
    for (const { id, errors } of this.#ledgers())
      for (const entry of errors.entries) if (namedIn(id, entry) === name) return entry;
    return undefined;
  }

  async #export({ selection, format, path }: CommandOf<'export'>): Promise<AnswerOf<'export'>> {
    const saved = await exportSelected(this.#select(selection), format, path);
    this.parts.say('info', `${saved.rows} failures were written to ${sanitise(saved.path)}`);
    return { ok: true, saved };
  }

  #morning() {
    const { decisions, roster, startedAt, count } = this.parts;
    return morningOf({
      looked: decisions.looked,
      startedAt,
      now: count(),
      mailboxes: [...roster.workers.values()].map(({ entity }) => entity),
      groups: groupErrors(this.#ledgers()),
      decisions: decisions.all.map((decision) => this.#show(decision)),
    });
  }

  async #looked(by: string): Promise<AnswerOf<'looked'>> {
    const { decisions, clock, count } = this.parts;
    await decisions.look({ at: clock.now(), by: named(by), ...count() });
    return { ok: true };
  }
}
