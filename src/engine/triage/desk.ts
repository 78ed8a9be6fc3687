import { randomUUID } from 'node:crypto';
import type { DecisionEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import { type AnswerOf, type CommandOf, type Handlers, handle, type Refused } from '../../protocol/commands.js';
import type { Instant, MailboxState } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import type { Decisions } from '../../store/decisions/decisions.js';
import type { Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import type { ErrorLedger } from '../../store/errors/error-ledger.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import { decidedText, standingText } from '../../words/decided-text.js';
import type { ActionRequest, Selection } from '../../words/decision.js';
import type { Reason } from '../../words/reason.js';
import type { Kind } from '../../words/verdict.js';
import { mailboxesOf } from '../decisions/decision-parts.js';
import { type MailboxErrors, namedIn, type Selected, select } from '../decisions/selection.js';
import { dueAt } from '../decisions/standing.js';
import { type Corrector, correctorFor } from '../responses/corrections.js';
import { LONGEST_REST } from '../responses/pace.js';
import { sanitise } from '../responses/sanitise.js';
import { correctionText, decidedOf, named } from './about.js';
import { correctionOf } from './correction-of.js';
import { groupErrors } from './error-groups.js';
import { givenUpBy, giveUp, type NamedMailbox } from './give-up.js';
import type { MailboxStanding } from './mailbox-standing.js';
import { canUndo, NEEDS_CONNECTIONS, showDecision } from './show-decision.js';
import { type Weighed, weigh } from './weigh.js';

/** The commands that are about what failed and what is decided of it. */
export type DeskName = 'errors' | 'preview' | 'decide' | 'give-up' | 'undo' | 'decisions' | 'correct' | 'uncorrect';

/** Moves the mailboxes of a batch that runs. */
export interface Hands {
  /** Lets a mailbox that is not at work start then. @param at  ms since the epoch */
  start(mailbox: string, at: Instant, why: Reason): void;
  /** The operator says that the cause of a hold is mended: the mailbox tries everything again that was refused in this run. */
  release(mailbox: string, why: Reason): void;
  /** When a mailbox that rests, or was paused in a rest, goes on; null: it does not rest. */
  restsUntil(mailbox: string): Instant | null;
  /** Lets such a mailbox rest until then. */
  rest(mailbox: string, until: Instant): void;
  /** Nothing more of the mailbox is tried. */
  giveUp(mailbox: string, state: Extract<MailboxState, { kind: 'given-up' }>): void;
  /** The decision to give the mailbox up was undone. */
  takeUp(mailbox: string): void;
}

/** The batch as the desk sees it: one that runs, or its files. */
export interface DeskPort {
  readonly decisions: Decisions;
  readonly clock: Clock;
  /** The error ledgers of all mailboxes that have one. */
  ledgers(): readonly MailboxErrors[];
  errorsOf(mailbox: string): ErrorLedger | undefined;
  standings(): readonly MailboxStanding[];
  /** All mailboxes of the plan, even those that were never started. */
  mailboxes(): readonly NamedMailbox[];
  /** Brings a mailbox up to a decision that is on the disk. */
  follow(mailbox: string): void;
  /** Writes a line into the log of the batch. Never throws: a log that cannot be written takes no decision back. */
  say(level: LogLine['level'], text: string): void | Promise<void>;
  /** Null: nothing runs, and the next engine carries out the decisions. */
  readonly hands: Hands | null;
}

/** Previews that are kept for a `decide`. */
const PREVIEWS = 64;

/**
 * Decisions of operators about failures: previewed first, on disk before anything follows, then carried out. The same
 * for a batch that runs and for one that rests.
 */
export class TriageDesk {
  readonly #previews = new Map<string, Weighed>();
  #correct: Corrector;

  constructor(private readonly port: DeskPort) {
    this.#correct = correctorFor(port.decisions.corrections);
  }

  /** Reads a verdict as operators have corrected it until now. */
  readonly correct: Corrector = (verdict, response) => this.#correct(verdict, response);

  command<C extends CommandOf<DeskName>>(command: C): Promise<AnswerOf<C['do']>> {
    return refusing(() => handle(this.handlers, command));
  }

  readonly handlers: Handlers<DeskName> = {
    errors: (command) => ({ ok: true, errors: this.#errors(command) }),
    preview: ({ action, selection }) => this.#preview(action, selection),
    decide: ({ preview, by }) => this.#decide(preview, named(by)),
    'give-up': ({ mailboxes, why, by }) => this.#giveUp(mailboxes, why, named(by)),
    undo: ({ decision, by }) => this.#undo(decision, named(by)),
    decisions: () => ({
      ok: true,
      decisions: this.shown.toReversed(),
      corrections: this.port.decisions.corrections,
    }),
    correct: ({ entry, kind, by }) => this.#addCorrection(entry, kind, named(by)),
    uncorrect: ({ id, by }) => this.#removeCorrection(id, named(by)),
  };

  /** All decisions, oldest first, with their outcome until now. */
  get shown(): readonly DecisionEntity[] {
    return this.port.decisions.all.map((decision) => this.#show(decision));
  }

  select(selection: Selection): Selected[] {
    return select(this.port.ledgers(), selection);
  }

  /** The given UIDs that are open in the error ledger. */
  open({ mailbox, folder }: DecisionPart, uids: UidSet): UidSet {
    const errors = this.port.errorsOf(mailbox);
    return errors && folder !== null ? errors.failed(folder).intersect(uids) : new UidSet();
  }

  /** Starts a mailbox when something that was decided of it is due. */
  start(mailbox: string): void {
    const { clock, decisions, hands } = this.port;
    const due = dueAt(decisions.all, mailbox);
    if (due !== null) hands?.start(mailbox, Math.max(due, clock.now()), { key: 'decision', decision: decisions.last });
  }

  #errors({ do: _, mailbox, filter = '', by = 'code', ...narrowed }: CommandOf<'errors'>): ErrorGroupEntity[] {
    const all = this.port.ledgers();
    const of = mailbox === null ? all : all.filter(({ id, email }) => id === mailbox || email === mailbox);
    return groupErrors(of, { ...narrowed, filter, by });
  }

  #preview(action: ActionRequest, selection: Selection): AnswerOf<'preview'> {
    const weighed = weigh(this.select(selection), action, selection, this.port.standings(), this.port.clock.now());
    // The next engine of the batch takes none of them for one of its own.
    const id = randomUUID();
    this.#previews.set(id, weighed);
    const [oldest] = this.#previews.keys();
    if (this.#previews.size > PREVIEWS && oldest !== undefined) this.#previews.delete(oldest);
    return { ok: true, preview: { id, ...weighed.preview } };
  }

  async #decide(preview: string, by: string): Promise<AnswerOf<'decide'>> {
    const weighed = this.#previews.get(preview);
    if (!weighed) return { ok: false, why: 'this was decided already, or is too old: look again' };
    if (weighed.decision.scope.length === 0) return { ok: false, why: 'nothing is selected by this' };
    this.#previews.delete(preview);
    const { decisions, clock } = this.port;
    const decision = await decisions.add({ ...weighed.decision, at: clock.now(), by }).catch((error: unknown) => {
      // Nothing was decided: it can be tried again.
      this.#previews.set(preview, weighed);
      throw error;
    });
    const said = this.port.say('info', `decision ${decision.id} by ${by}: ${decidedText(decidedOf(decision))}`);
    this.#carryOut(decision);
    await said;
    return { ok: true, decision: this.#show(decision) };
  }

  /** Lets the mailboxes follow a decision that is on the disk. */
  #carryOut(decision: Decision): void {
    const { action, scope } = decision;
    const { decisions, hands } = this.port;
    for (const mailbox of mailboxesOf(scope)) {
      this.port.follow(mailbox);
      if (hands === null) continue;
      if (action.do === 'backoff') this.#rest(hands, mailbox, action);
      // All that was refused in it is tried again: a full destination has room now. One that goes on by now is left alone.
      else if (action.do === 'release') hands.release(mailbox, { key: 'decision', decision: decisions.last });
      // One at work takes it up with its next folder, or when it has ended; one that is held has seen its folders.
      else if (action.do !== 'skip') this.start(mailbox);
    }
    if (action.do === 'release' && hands !== null)
      decisions.replace({ ...decision, scope: scope.map((part) => ({ ...part, state: 'done' as const })) });
  }

  #rest(hands: Hands, mailbox: string, { factor, until }: Extract<Decision['action'], { do: 'backoff' }>): void {
    const resting = hands.restsUntil(mailbox);
    if (resting === null) return;
    const now = this.port.clock.now();
    const longer = factor === null ? until : now + Math.max(0, resting - now) * factor;
    hands.rest(mailbox, Math.max(resting, Math.min(now + LONGEST_REST, longer)));
  }

  async #giveUp(names: readonly string[], why: string, by: string): Promise<AnswerOf<'give-up'>> {
    const { decisions, clock, hands } = this.port;
    if (why.trim() === '') return { ok: false, why: 'give up: say why; it stands beside the mailbox' };
    const all = this.port.mailboxes();
    const wanted = new Set(names);
    const selected = all.filter(({ id, email }) => wanted.has(id) || wanted.has(email));
    const found = new Set(selected.flatMap(({ id, email }) => [id, email]));
    const unknown = names.find((name) => !found.has(name));
    if (unknown !== undefined) return { ok: false, why: `no mailbox ${sanitise(unknown, 200)} in this batch` };
    const open = selected.filter(({ id }) => givenUpBy(decisions.all, id) === null);
    if (open.length === 0) return { ok: false, why: `${selected[0]?.email} is given up already` };
    const decision = await decisions.add({ ...giveUp(open, why.trim()), at: clock.now(), by });
    const said = this.port.say('info', `decision ${decision.id} by ${by}: ${decidedText(decidedOf(decision))}`);
    for (const { id } of open) {
      this.port.follow(id);
      const state = givenUpBy(decisions.all, id);
      if (state !== null) hands?.giveUp(id, state);
    }
    await said;
    return { ok: true, decision: this.#show(decision) };
  }

  async #undo(id: number, by: string): Promise<AnswerOf<'undo'>> {
    const { decisions, clock } = this.port;
    const decision = decisions.find(id);
    if (!decision) return { ok: false, why: `there is no decision ${id}` };
    if (decision.action.do === 'quarantine') return { ok: false, why: NEEDS_CONNECTIONS };
    if (!decision.scope.some((part) => canUndo(decision, part)))
      return { ok: false, why: `decision ${id} cannot be undone any more: ${standingText(this.#show(decision))}` };
    const who = { at: clock.now(), by, about: decision.about };
    const undo = await decisions.undo(id, (part) => canUndo(decision, part), who);
    const undone = decisions.find(id) ?? decision;
    const left = undone.scope.filter(({ state }) => state !== 'undone').length;
    const begun = left > 0 ? `, ${left} places had begun` : '';
    const said = this.port.say('info', `decision ${undo.id} by ${undo.by}: undo decision ${id}${begun}`);
    for (const mailbox of mailboxesOf(undone.scope)) {
      this.port.follow(mailbox);
      if (undone.action.do === 'give-up' && givenUpBy(decisions.all, mailbox) === null)
        this.port.hands?.takeUp(mailbox);
    }
    await said;
    return { ok: true, decision: this.#show(undone) };
  }

  #show(decision: Decision): DecisionEntity {
    return showDecision(decision, (part, uids) => this.open(part, uids).size);
  }

  async #addCorrection(name: string, kind: Kind, by: string): Promise<AnswerOf<'correct'>> {
    const { decisions, clock } = this.port;
    const entry = this.#entry(name);
    if (!entry) return { ok: false, why: 'there is no such failure any more: look again' };
    const correction = correctionOf(entry, kind, decisions.corrections, { at: clock.now(), by });
    if (typeof correction === 'string') return { ok: false, why: correction };
    await decisions.correct(correction);
    this.#recorrect();
    const said = this.port.say('info', correctionText(correction));
    for (const { errors } of this.port.ledgers())
      for (const one of errors.entries)
        one.verdict = this.#correct(one.verdict, { line: one.sample, command: one.command, side: one.side });
    await said;
    return { ok: true, corrections: decisions.corrections };
  }

  async #removeCorrection(id: string, by: string): Promise<AnswerOf<'uncorrect'>> {
    const { decisions } = this.port;
    if (!(await decisions.uncorrect(id))) return { ok: false, why: `there is no correction ${id}` };
    this.#recorrect();
    const known = `correction ${sanitise(id, 40)} was removed by ${by}`;
    await this.port.say('info', `${known}: it counts no more from the next response on`);
    return { ok: true, corrections: decisions.corrections };
  }

  #recorrect(): void {
    this.#correct = correctorFor(this.port.decisions.corrections);
  }

  #entry(name: string) {
    for (const { id, errors } of this.port.ledgers())
      for (const entry of errors.entries) if (namedIn(id, entry) === name) return entry;
    return undefined;
  }
}

/** An order that makes no sense, and a disk that takes no decision, are answers and not errors. */
export async function refusing<A>(work: () => A | Promise<A>): Promise<A | Refused> {
  try {
    return await work();
  } catch (error) {
    const trouble = diskTroubleIn(error);
    if (trouble) return { ok: false, why: `nothing was decided: ${trouble.message}` };
    if (error instanceof BadInput) return { ok: false, why: error.message };
    throw error;
  }
}
