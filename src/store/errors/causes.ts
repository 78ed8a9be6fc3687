import { join } from 'node:path';
import { Low } from 'lowdb';
import { nodeContext, type StoreContext } from '../documents/context.js';
import { DurableFile, UnusableDocument } from '../documents/durable-file.js';
import { Unsaved } from '../documents/unsaved.js';
import { CAUSES_VERSION, type Cause, type CausesDocument, causeId, causesKind } from './cause.js';
import { recallCauses, standIn } from './lost-causes.js';

/**
 * The causes of a batch. The error ledgers of its mailboxes name them and do not repeat them: forty causes in 500
 * mailboxes are forty texts. A cause is on the disk before the first ledger that names it, and is never removed. The
 * document is read when it is first needed. If it was lost, it is rebuilt from the log.
 */
export class Causes {
  readonly path: string;
  readonly #dir: string;
  readonly #file: DurableFile<CausesDocument>;
  readonly #low: Low<CausesDocument>;
  readonly #known = new Map<string, Cause>();
  readonly #unsaved: Unsaved;
  readonly #onLoss: (text: string) => void;
  #wasRead = false;
  #turn: Promise<void> = Promise.resolve();

  /**
   * @param dir     the batch's
   * @param onLoss  told in one line when causes were lost, and what became of them
   */
  constructor(dir: string, context: StoreContext = nodeContext, onLoss: (text: string) => void = () => {}) {
    this.path = join(dir, 'causes.json');
    this.#dir = dir;
    this.#file = new DurableFile(this.path, causesKind, context);
    this.#low = new Low(this.#file, { version: CAUSES_VERSION, causes: {} });
    this.#unsaved = new Unsaved(0, context.monotonic);
    this.#onLoss = onLoss;
  }

  find(id: string): Cause | undefined {
    return this.#known.get(id);
  }

  /**
   * Makes sure that all of these can be found: in the document, else in the log, else as causes that are no longer
   * known.
   *
   * @throws BadInput  naming the file, when a newer version wrote it, or the disk does not let it be read
   */
  async look(ids: readonly string[]): Promise<void> {
    const unknown = () => ids.filter((id) => !this.#known.has(id));
    if (unknown().length === 0) return;
    const turn = this.#turn.then(async () => {
      // The caller before this one may have read the document already.
      if (unknown().length > 0) await this.#read();
      if (unknown().length > 0) await this.#recall(new Set(unknown()));
    });
    this.#turn = turn.catch(() => {});
    await turn;
  }

  /** @returns the name for ledgers, and the cause as it is kept here */
  enter({ side, command, cause, sample, verdict }: Cause): readonly [id: string, known: Cause] {
    const entered: Cause = { side, command, cause, sample, verdict: { ...verdict, waitSeconds: 0 } };
    const id = causeId(entered);
    const known = this.#known.get(id);
    if (known !== undefined) return [id, known];
    this.#known.set(id, entered);
    this.#unsaved.changed();
    return [id, entered];
  }

  /** Whether every cause that was entered is on the disk to stay. */
  get saved(): boolean {
    return !this.#unsaved.dirty;
  }

  save(): Promise<void> {
    return this.#unsaved.save(async () => {
      // Ledgers that nobody has opened yet name causes of earlier runs.
      if (!this.#wasRead) await this.#read();
      this.#low.data.causes = Object.fromEntries(this.#known);
      await this.#low.write();
    });
  }

  async #read(): Promise<void> {
    try {
      await this.#low.read();
    } catch (error) {
      if (!(error instanceof UnusableDocument)) throw error;
      // The causes can be collected again, and no message depends on them. A batch must not stop for this file.
      this.#file.abandon();
      this.#onLoss(`${error.what} It is made anew, and the old one is kept beside it`);
    }
    for (const [id, cause] of Object.entries(this.#low.data.causes)) this.#known.set(id, cause);
    this.#wasRead = true;
  }

  async #recall(lost: ReadonlySet<string>): Promise<void> {
    const recalled = await recallCauses(this.#dir, lost);
    for (const id of lost) this.#known.set(id, recalled.get(id) ?? standIn(id));
    this.#unsaved.changed();
    this.#onLoss(`${this.path} does not hold every cause that its mailboxes name. They are taken from events.jsonl`);
    if (recalled.size < lost.size)
      this.#onLoss('Some causes are nowhere any more: why those messages failed is no longer known, they stay open');
  }
}
