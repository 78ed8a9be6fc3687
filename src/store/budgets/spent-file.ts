import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoreContext } from '../documents/context.js';
import type { DocumentKind } from '../documents/document-kind.js';
import { DurableFile } from '../documents/durable-file.js';
import { count, instant } from '../documents/field-schemas.js';

const slotSchema = z.strictObject({ from: instant, bytes: count, messages: count });
/** Mail that was moved in a quarter of an hour. `from` is its beginning, in milliseconds since the epoch. */
export type Slot = z.infer<typeof slotSchema>;

const documentSchema = z.strictObject({
  version: z.literal(2),
  /** The account in words, for a person who reads the folder: `ann at mail.old.example:993`. */
  of: z.string(),
  slots: z.array(slotSchema),
});
type SpentDocument = z.infer<typeof documentSchema>;

const spentKind: DocumentKind<SpentDocument> = {
  what: 'list of what was moved today',
  version: 2,
  schema: documentSchema,
};

/**
 * Counts the mail that batches of a workspace have moved of one account in the last day. Each batch has a file of its
 * own, so that no two engines write the same one, and all files count.
 */
export class SpentFile {
  readonly #file: DurableFile<SpentDocument>;
  readonly #dir: string;
  readonly #name: string;

  /**
   * @param root   the workspace's folder
   * @param of     names the account, or the endpoint, the same way in every batch
   * @param batch  whose file is written
   */
  constructor(
    root: string,
    private readonly of: string,
    batch: string,
    private readonly context: StoreContext,
  ) {
    const key = createHash('sha256').update(of).digest('hex').slice(0, 32);
    this.#dir = join(root, '.budgets', key);
    this.#name = `${batch}.json`;
    this.#file = this.#fileOf(this.#name);
  }

  /** @throws BadInput, DiskTrouble */
  async own(): Promise<readonly Slot[]> {
    return (await this.#file.read())?.slots ?? [];
  }

  /** Slots of all other batches.  @throws BadInput, DiskTrouble */
  async others(): Promise<readonly Slot[]> {
    const names = (await this.context.disk.names(this.#dir)).filter(
      (name) => name !== this.#name && /^[^.]+\.json$/.test(name),
    );
    const read = await Promise.all(names.map((name) => this.#fileOf(name).read()));
    return read.flatMap((document) => document?.slots ?? []);
  }

  /** Resolves when they are on the disk. @throws DiskTrouble */
  write(slots: readonly Slot[]): Promise<void> {
    return this.#file.write({ version: 2, of: this.of, slots: [...slots] });
  }

  #fileOf(name: string): DurableFile<SpentDocument> {
    return new DurableFile(join(this.#dir, name), spentKind, { ...this.context, history: 'none' });
  }
}
