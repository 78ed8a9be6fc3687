import { join } from 'node:path';
import { Low } from 'lowdb';
import type { Correction } from '../../words/correction.js';
import { nodeContext, type StoreContext } from '../documents/context.js';
import { DurableFile } from '../documents/durable-file.js';
import {
  type Decision,
  type DecisionPart,
  type DecisionsDocument,
  decisionsKind,
  type Looked,
  noDecisions,
} from './decisions-document.js';

/**
 * The decisions of operators in a batch, in their order. A decision is one write of one document. After a crash it is
 * there whole or not at all, and it counts only once it is written.
 */
export class Decisions {
  readonly path: string;
  readonly #low: Low<DecisionsDocument>;
  /** The document as it is on disk, with outcomes of decisions since. */
  #known: DecisionsDocument;
  #turn: Promise<unknown> = Promise.resolve();
  /** Whether outcomes of decisions are not on disk yet. */
  #dirty = false;
  /** The last decision that a mailbox has followed, even if that decision was lost. */
  #followed = 0;

  /** @param dir  the batch's  @throws BadInput  naming the file, when it cannot be used */
  static async open(dir: string, context: StoreContext = nodeContext): Promise<Decisions> {
    const file = new DurableFile(join(dir, 'decisions.json'), decisionsKind, context);
    const low = new Low<DecisionsDocument>(file, noDecisions());
    await low.read();
    return new Decisions(file.path, low);
  }

  private constructor(path: string, low: Low<DecisionsDocument>) {
    this.path = path;
    this.#low = low;
    this.#known = low.data;
  }

  /** Oldest first. */
  get all(): readonly Decision[] {
    return this.#known.decisions;
  }

  get corrections(): readonly Correction[] {
    return this.#known.corrections;
  }

  get looked(): Looked | null {
    return this.#known.looked;
  }

  /** Id of the last decision; 0: there is none. */
  get last(): number {
    return this.all.at(-1)?.id ?? 0;
  }

  /**
   * Notes that a mailbox has followed the decision of this number. The next decision gets a later number, even if that
   * one was lost, because a mailbox follows no number twice.
   *
   * @returns whether it is a later one than there is
   */
  followed(id: number): boolean {
    this.#followed = Math.max(this.#followed, id);
    return id > this.last;
  }

  find(id: number): Decision | undefined {
    return this.all.find((decision) => decision.id === id);
  }

  /** Adds a decision. It is among `all` when the promise resolves, and then on the disk to stay. */
  add(decided: Omit<Decision, 'id'>): Promise<Decision> {
    return this.#commit((document) => {
      const decision = { ...decided, id: this.#nextId(document) };
      return { next: { ...document, decisions: [...document.decisions, decision] }, result: decision };
    });
  }

  /**
   * Takes back those parts of a decision that still can be.
   *
   * @param which  the parts that are taken back
   * @returns the decision that says so
   */
  undo(
    of: number,
    which: (part: DecisionPart) => boolean,
    who: Pick<Decision, 'at' | 'by' | 'about'>,
  ): Promise<Decision> {
    return this.#commit((document) => {
      const undo: Decision = { ...who, id: this.#nextId(document), action: { do: 'undo', of }, scope: [] };
      const decisions = document.decisions.map((decision) =>
        decision.id === of
          ? {
              ...decision,
              scope: decision.scope.map((part) => (which(part) ? { ...part, state: 'undone' as const } : part)),
            }
          : decision,
      );
      return { next: { ...document, decisions: [...decisions, undo] }, result: undo };
    });
  }

  /** Replaces a decision, with its parts and its outcome. Written by the next {@link save}, or any other change. */
  replace(decision: Decision): void {
    const decisions = this.all.map((one) => (one.id === decision.id ? decision : one));
    this.#known = { ...this.#known, decisions };
    this.#dirty = true;
  }

  /** Writes outcomes of decisions, if there are new ones. */
  async save(): Promise<void> {
    if (this.#dirty) await this.#commit((next) => ({ next, result: undefined }));
  }

  correct(correction: Correction): Promise<void> {
    return this.#commit((document) => ({
      next: { ...document, corrections: [...document.corrections, correction] },
      result: undefined,
    }));
  }

  /** @returns whether there was such a correction */
  uncorrect(id: string): Promise<boolean> {
    return this.#commit((document) => {
      const corrections = document.corrections.filter((one) => one.id !== id);
      return { next: { ...document, corrections }, result: corrections.length < document.corrections.length };
    });
  }

  /** Notes how the batch stood when an operator looked. */
  look(looked: Looked): Promise<void> {
    return this.#commit((document) => ({ next: { ...document, looked }, result: undefined }));
  }

  #nextId({ decisions }: DecisionsDocument): number {
    return Math.max(this.#followed, decisions.at(-1)?.id ?? 0) + 1;
  }

  /** Changes the document, one change after the other. A change that could not be written has no effect. */
  #commit<T>(change: (document: DecisionsDocument) => { next: DecisionsDocument; result: T }): Promise<T> {
    const turn = this.#turn.then(async () => {
      const { next, result } = change(this.#known);
      this.#low.data = next;
      this.#dirty = false;
      await this.#low.write().catch((error: unknown) => {
        this.#dirty = true;
        throw error;
      });
      // The change is made once more, because other decisions may have an outcome meanwhile.
      this.#known = change(this.#known).next;
      return result;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
