import type { Batch, PlanRow } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { meantEndpoint, withFingerprint } from '../../store/batch/endpoints.js';
import { BadInput } from '../../words/bad-input.js';
import { showFingerprint } from '../../words/fingerprint.js';
import type { Side } from '../../words/side.js';
import type { Environment, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';
import { reachEngine } from '../reach/reach-engine.js';

/** A certificate that the operator vouches for. */
export interface Vouched {
  readonly side: Side;
  /** A mailbox of the server that is meant, by id or address; null: the batch has one on that side. */
  readonly mailbox: string | null;
  /** SHA-256, upper-case hex. */
  readonly fingerprint: string;
}

/**
 * Has a batch trust certificates from now on: told to the engine that runs it, else written into its files.
 *
 * @returns what was done, a line each
 * @throws BadInput  where the engine refuses, or the files cannot be written
 */
export async function vouchFor(
  store: BatchStore,
  vouched: readonly Vouched[],
  io: Environment & Version & Timing,
): Promise<readonly string[]> {
  if (vouched.length === 0) return [];
  const engine = await reachEngine(store, io, 'full');
  if (engine) {
    const by = operatorName(io);
    try {
      for (const one of vouched) {
        const answer = await engine.command({ do: 'trust', ...one, by });
        if (!answer.ok) throw new BadInput(`the engine of ${store.name} says: ${answer.why}`);
      }
    } finally {
      engine.close();
    }
  } else await writeDown(store, vouched);
  return vouched.map(
    ({ side, fingerprint }) =>
      `${store.name} trusts this certificate of the ${side} from now on: ${showFingerprint(fingerprint)}`,
  );
}

/** Holds the lock meanwhile, so that no engine starts on these files. */
async function writeDown(store: BatchStore, vouched: readonly Vouched[]): Promise<void> {
  const lock = await store.lockEngine({ socketPath: null });
  try {
    let { batch } = store;
    for (const { side, mailbox, fingerprint } of vouched) {
      const key = meantEndpoint(batch, side, mailbox === null ? null : rowOf(batch, mailbox));
      if (key === null)
        throw new BadInput(`the batch has several servers as ${side}: --mailbox names one of the server that is meant`);
      batch = withFingerprint(batch, side, key, fingerprint);
    }
    await store.amend(batch);
  } finally {
    await lock.release();
  }
}

/** @throws BadInput */
function rowOf({ mailboxes }: Batch, mailbox: string): PlanRow {
  const row = mailboxes.find(({ id, email }) => id === mailbox || email === mailbox);
  if (!row) throw new BadInput(`no mailbox ${mailbox} in this batch`);
  return row;
}
