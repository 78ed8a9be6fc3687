import { type Credentials, Secret } from '../../src/engine/imap/session/credentials.js';
import { BATCH_VERSION, type Batch, type BatchOptions, type Endpoint } from '../../src/store/batch/batch.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import { BadInput } from '../../src/words/bad-input.js';
import type { Side } from '../../src/words/side.js';
import { anEndpoint, batchOptions } from './batch/plain-batch.js';

/** The password of every mailbox, on both sides: nothing that is written may hold it. */
export const PASSWORD = 'Geheim-7f3a91c4';

export const passwords: Credentials = {
  get: async () => ({ kind: 'password', password: new Secret(PASSWORD) }),
  shared: () => false,
};

const PLAINTEXT = { port: 143, security: 'plaintext' } as const;

interface NightBatch {
  readonly users: readonly string[];
  readonly endpoints?: Partial<Record<Side, Partial<Endpoint>>>;
  readonly options?: Partial<BatchOptions>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A batch between `localhost`, the source, and `127.0.0.1`, the destination. */
export function nightBatch({ users, endpoints, options, now }: NightBatch): Batch {
  return {
    version: BATCH_VERSION,
    name: 'night',
    createdAt: now,
    source: anEndpoint({ host: 'localhost', ...PLAINTEXT, ...endpoints?.source }),
    destination: anEndpoint({ host: '127.0.0.1', ...PLAINTEXT, ...endpoints?.destination }),
    others: { source: {}, destination: {} },
    options: batchOptions(options),
    planPath: null,
    mailboxes: users.map((user, at) => ({
      id: user,
      email: `${user}@night.example`,
      sourceUser: user,
      destinationUser: user,
      userRoot: null,
      own: null,
      at: null,
      wave: null,
      row: at + 2,
    })),
  };
}

/** A workspace without a disk for its locks; a killed engine's are as free as those of a dead process. */
export class LocksInMemory extends Workspace {
  readonly #held = new Set<string>();

  override lockMark(mark: string): Promise<Awaited<ReturnType<Workspace['lockDestination']>>> {
    return this.lockDestination(mark);
  }

  override async lockDestination(key: string): Promise<Awaited<ReturnType<Workspace['lockDestination']>>> {
    if (this.#held.has(key)) throw new BadInput(`${key} is written to already`);
    this.#held.add(key);
    return {
      release: async () => {
        this.#held.delete(key);
      },
    };
  }
}
