import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { showFingerprint } from '../../words/fingerprint.js';
import type { Side } from '../../words/side.js';
import { reachEngine } from '../launch/reach-engine.js';
import type { Environment, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';

/** A certificate that the operator vouches for. */
export interface Vouched {
  readonly side: Side;
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

/** While no engine can start on them. */
async function writeDown(store: BatchStore, vouched: readonly Vouched[]): Promise<void> {
  const lock = await store.lockEngine({ socketPath: null });
  try {
    let { batch } = store;
    for (const { side, fingerprint } of vouched) batch = { ...batch, [side]: { ...batch[side], fingerprint } };
    await store.amend(batch);
  } finally {
    await lock.release();
  }
}
