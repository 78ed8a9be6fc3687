import type { Batch } from '../../../store/batch/batch.js';
import type { EndpointLimits } from '../../../store/batch/limits.js';
import { SIDES } from '../../../words/side.js';
import { endpointFlags } from '../endpoint/endpoint-options.js';
import { type LimitFlags, readLimits } from './limit-options.js';

/**
 * A batch that is known, with what this command line says of how much its endpoints bear. It counts for this run; the
 * batch keeps what it was made with.
 *
 * @throws BadInput
 */
export async function limitsAgain(batch: Batch, flags: { readonly rate?: string }, cwd: string): Promise<Batch> {
  const [source, destination] = await Promise.all(
    SIDES.map(async (side) => {
      const given = endpointFlags({ ...flags }, side);
      const limits = givenLimits(batch[side].limits, await readLimits(given, side, flags.rate, cwd), given);
      return { ...batch[side], limits };
    }),
  );
  return { ...batch, source: source!, destination: destination! };
}

/** The limits of before, and in their place those that were given now. */
export function givenLimits(
  before: EndpointLimits,
  now: EndpointLimits,
  given: Pick<LimitFlags, 'profile' | 'budget'>,
): EndpointLimits {
  return {
    profile: given.profile === undefined ? before.profile : now.profile,
    budgets: given.budget === undefined ? before.budgets : now.budgets,
    rate: now.rate ?? before.rate,
  };
}
