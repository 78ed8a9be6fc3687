import { randomUUID } from 'node:crypto';
import { sanitise } from '../../engine/responses/sanitise.js';
import { correctionText, named, textOf } from '../../engine/triage/about.js';
import { correctionOf } from '../../engine/triage/correction-of.js';
import { namedIn, select } from '../../engine/triage/selection.js';
import { canUndo, NEEDS_CONNECTIONS, showDecision } from '../../engine/triage/show-decision.js';
import { type MailboxStanding, type Weighed, weigh } from '../../engine/triage/weigh.js';
import { type AnswerOf, type Handlers, handle } from '../../protocol/commands.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import { followDecisions } from '../../store/decisions/follow-decisions.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import type { ActionRequest, Selection } from '../../words/decision.js';
import type { Kind } from '../../words/verdict.js';
import type { FilesOfBatch } from './caught-up.js';
import type { DeskCommand } from './decide-desk.js';

/**
 * Answers as an engine would, of a batch that none runs. A decision is one write of one document, whole or not
 * at all; the mailboxes' documents are left alone, the next engine brings them up to it.
 */
export class FilesDesk {
  readonly #previews = new Map<string, Weighed>();

  /** @param files  those of the store; they follow what is decided here, in memory */
  constructor(
    private readonly store: BatchStore,
    private readonly files: FilesOfBatch,
    private readonly clock: Clock,
  ) {}

  async command<C extends DeskCommand>(command: C): Promise<AnswerOf<C['do']>> {
    try {
      return await handle(this.#answers, command);
    } catch (error) {
      const trouble = diskTroubleIn(error);
      if (trouble) return { ok: false, why: `nothing was decided: ${trouble.message}` };
      if (error instanceof BadInput) return { ok: false, why: error.message };
      throw error;
    }
  }

  readonly #answers: Handlers<DeskCommand['do']> = {
    preview: ({ action, selection }) => this.#preview(action, selection),
    decide: ({ preview, by }) => this.#decide(preview, named(by)),
    undo: ({ decision, by }) => this.#undo(decision, named(by)),
    decisions: () => ({
      ok: true,
      decisions: this.files.decisions.all.map((decision) => this.#show(decision)).toReversed(),
      corrections: this.files.decisions.corrections,
    }),
    correct: ({ entry, kind, by }) => this.#correct(entry, kind, named(by)),
    uncorrect: ({ id, by }) => this.#uncorrect(id, named(by)),
  };

  #preview(action: ActionRequest, selection: Selection): AnswerOf<'preview'> {
    const selected = select(this.files.ledgers, selection);
    const weighed = weigh(selected, action, selection, this.#standings(), this.clock.now());
    const id = randomUUID();
    this.#previews.set(id, weighed);
    return { ok: true, preview: { id, ...weighed.preview } };
  }

  #standings(): MailboxStanding[] {
    return this.files.ledgers.flatMap(({ id, email }) => {
      const data = this.files.records.get(id)?.data;
      if (!data) return [];
      const uidValidity = (folder: string) => data.folders.find(({ source }) => source === folder)?.uidValidity ?? null;
      const leftIn = (folder: string) =>
        data.folders.reduce((sum, { source, counts }) => sum + (source === folder ? counts.left : 0), 0);
      return [{ id, email, held: data.state.kind === 'held' ? data.state.because : null, uidValidity, leftIn }];
    });
  }

  async #decide(preview: string, by: string): Promise<AnswerOf<'decide'>> {
    const weighed = this.#previews.get(preview);
    if (!weighed) return { ok: false, why: 'this was decided already: look again' };
    if (weighed.decision.scope.length === 0) return { ok: false, why: 'nothing is selected by this' };
    this.#previews.delete(preview);
    const decision = await this.files.decisions.add({ ...weighed.decision, at: this.clock.now(), by });
    await this.#decided(`decision ${decision.id} by ${by}: ${textOf(decision)}`);
    return { ok: true, decision: this.#show(decision) };
  }

  async #undo(id: number, by: string): Promise<AnswerOf<'undo'>> {
    const { decisions } = this.files;
    const decision = decisions.find(id);
    if (!decision) return { ok: false, why: `there is no decision ${id}` };
    if (decision.action.do === 'quarantine') return { ok: false, why: NEEDS_CONNECTIONS };
    if (!decision.scope.some((part) => canUndo(decision, part)))
      return { ok: false, why: `decision ${id} cannot be undone any more: ${this.#show(decision).standing}` };
    const who = { at: this.clock.now(), by, about: decision.about };
    const undo = await decisions.undo(id, (part) => canUndo(decision, part), who);
    await this.#decided(`decision ${undo.id} by ${by}: undo decision ${id}`);
    return { ok: true, decision: this.#show(decisions.find(id) ?? decision) };
  }

  async #correct(name: string, kind: Kind, by: string): Promise<AnswerOf<'correct'>> {
    const { decisions } = this.files;
    const entry = this.files.ledgers
      .flatMap(({ id, errors }) => errors.entries.filter((one) => namedIn(id, one) === name))
      .at(0);
    if (!entry) return { ok: false, why: 'there is no such failure' };
    const correction = correctionOf(entry, kind, decisions.corrections, { at: this.clock.now(), by });
    if (typeof correction === 'string') return { ok: false, why: correction };
    await decisions.correct(correction);
    await this.#decided(correctionText(correction));
    return { ok: true, corrections: decisions.corrections };
  }

  async #uncorrect(id: string, by: string): Promise<AnswerOf<'uncorrect'>> {
    const { decisions } = this.files;
    if (!(await decisions.uncorrect(id))) return { ok: false, why: `there is no correction ${id}` };
    await this.#decided(`correction ${sanitise(id, 40)} was removed by ${by}`);
    return { ok: true, corrections: decisions.corrections };
  }

  #show(decision: Decision) {
    return showDecision(decision, ({ mailbox, folder }, uids) => {
      const record = this.files.records.get(mailbox);
      return record && folder !== null ? record.errors.failed(folder).intersect(uids).size : 0;
    });
  }

  /** It is on the disk. A log that cannot be written takes nothing of that back. */
  async #decided(text: string): Promise<void> {
    for (const record of this.files.records.values()) followDecisions(record, this.files.decisions.all);
    const { log } = this.store;
    log.append({ type: 'log', at: this.clock.now(), level: 'info', mailbox: null, side: null, folder: null, text });
    await log.close().catch(() => undefined);
  }
}
