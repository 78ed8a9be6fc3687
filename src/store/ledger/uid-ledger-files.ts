import { join } from 'node:path';
import { Low } from 'lowdb';
import { BadInput } from '../../words/bad-input.js';
import type { StoreContext } from '../documents/context.js';
import { DurableFile } from '../documents/durable-file.js';
import { WriteQueue } from '../documents/write-queue.js';
import { UidSet } from '../uid/uid-set.js';
import { type UidLedgerDocument, type UidShardDocument, uidLedgerKind, uidShardKind } from './uid-ledger-document.js';

/** A ledger at one moment: the part that can change, and the parts that were sealed since the last snapshot. */
export interface LedgerSnapshot {
  readonly document: UidLedgerDocument;
  readonly sealed: readonly UidShardDocument[];
}

/** The files of one folder's ledger. A part is on the disk to stay before the document that lists it is written. */
export class UidLedgerFiles {
  readonly #folder: string;
  readonly #id: string;
  readonly #context: StoreContext;
  readonly #low: Low<UidLedgerDocument>;
  readonly #queue: WriteQueue<LedgerSnapshot>;
  /** Parts that are sealed and not on the disk, because a write of theirs failed. */
  #unwritten: UidShardDocument[] = [];

  constructor(folder: string, id: string, empty: UidLedgerDocument, context: StoreContext) {
    this.#folder = folder;
    this.#id = id;
    this.#context = context;
    this.#low = new Low(new DurableFile(join(folder, `${id}.json`), uidLedgerKind, context), empty);
    this.#queue = new WriteQueue(
      (snapshot) => this.#write(snapshot),
      (older, newer) => ({ document: newer.document, sealed: [...older.sealed, ...newer.sealed] }),
    );
  }

  get path(): string {
    return join(this.#folder, `${this.#id}.json`);
  }

  /** @throws BadInput  naming the file that cannot be used */
  async read(): Promise<LedgerSnapshot> {
    await this.#low.read();
    const document = this.#low.data;
    const sealed: UidShardDocument[] = [];
    for (const n of UidSet.parse(document.shards)) {
      const file = this.#shardFile(n);
      const shard = await file.read();
      if (shard === null) {
        throw new BadInput(
          `The UID ledger ${this.path} lists ${file.path}, which is missing: put a good copy in its place`,
        );
      }
      sealed.push(shard);
    }
    return { document, sealed };
  }

  /** Resolves when the snapshot, or a later one, is on the disk to stay. */
  write(snapshot: LedgerSnapshot): Promise<void> {
    return this.#queue.write(snapshot);
  }

  async #write(snapshot: LedgerSnapshot): Promise<void> {
    this.#unwritten.push(...snapshot.sealed);
    for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
      const low = new Low(this.#shardFile(next.shard), next);
      await low.write();
      this.#unwritten.shift();
    }
    this.#low.data = snapshot.document;
    await this.#low.write();
  }

  #shardFile(n: number): DurableFile<UidShardDocument> {
    const options = { ...this.#context, history: 'none' } as const;
    return new DurableFile(join(this.#folder, `${this.#id}.${n}.json`), uidShardKind, options);
  }
}
