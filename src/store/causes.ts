import { join } from 'node:path';
import { Low } from 'lowdb';
import { CAUSES_VERSION, type Cause, type CausesDocument, causeId, causesKind } from './cause.js';
import { nodeContext, type StoreContext } from './context.js';
import { DurableFile } from './durable-file.js';
import { Unsaved } from './unsaved.js';

/**
 * The causes of a batch. The error ledgers of its mailboxes name them and do not repeat them: forty causes in
 * 500 mailboxes are forty texts. A cause is on the disk before the first ledger that names it, and never goes.
 * The document is read when it is first needed.
 */
export class Causes {
  readonly path: string;
  readonly #low: Low<CausesDocument>;
  readonly #known = new Map<string, Cause>();
  readonly #unsaved: Unsaved;
  #wasRead = false;
  #turn: Promise<void> = Promise.resolve();

  /** @param dir  the batch's */
  constructor(dir: string, context: StoreContext = nodeContext) {
    this.path = join(dir, 'causes.json');
    this.#low = new Low(new DurableFile(this.path, causesKind, context), { version: CAUSES_VERSION, causes: {} });
    this.#unsaved = new Unsaved(0, context.monotonic);
  }

  find(id: string): Cause | undefined {
    return this.#known.get(id);
  }

  /**
   * Looks for causes on the disk that are not known yet, as an earlier run or another process entered them.
   *
   * @returns the first that is not there either
   * @throws BadInput  naming the file, when it cannot be used
   */
  async look(ids: readonly string[]): Promise<string | undefined> {
    const unknown = () => ids.find((id) => !this.#known.has(id));
    if (unknown() === undefined) return undefined;
    const turn = this.#turn.then(async () => {
      // Whoever had the turn before may have read it.
      if (unknown() !== undefined) await this.#read();
    });
    this.#turn = turn.catch(() => {});
    await turn;
    return unknown();
  }

  /** @returns what ledgers call it, and how it stands here */
  enter({ side, command, cause, sample, verdict }: Cause): readonly [id: string, known: Cause] {
    const entered: Cause = { side, command, cause, sample, verdict: { ...verdict, waitSeconds: 0 } };
    const id = causeId(entered);
    const known = this.#known.get(id);
    if (known !== undefined) return [id, known];
    this.#known.set(id, entered);
    this.#unsaved.changed();
    return [id, entered];
  }

  /** Whether all that was entered is on the disk to stay. */
  get saved(): boolean {
    return !this.#unsaved.dirty;
  }

  save(): Promise<void> {
    return this.#unsaved.save(async () => {
      // What earlier runs entered is named by ledgers that nobody has opened yet.
      if (!this.#wasRead) await this.#read();
      this.#low.data.causes = Object.fromEntries(this.#known);
      await this.#low.write();
    });
  }

  async #read(): Promise<void> {
    await this.#low.read();
    for (const [id, cause] of Object.entries(this.#low.data.causes)) this.#known.set(id, cause);
    this.#wasRead = true;
  }
}
